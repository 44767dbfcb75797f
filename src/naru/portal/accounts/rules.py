"""Who is what, as predicates; each room registers its own permissions from these with `rules.add_perm`."""

import rules

from naru.portal.accounts.models import Role, User


def _has(role: Role) -> rules.Predicate:
    def holds(user: User) -> bool:
        return user.is_authenticated and user.has_role(role)

    return rules.predicate(name=f"is_{role.value}")(holds)


is_applicant = _has(Role.APPLICANT)
is_operator = _has(Role.OPERATOR)
is_reviewer = _has(Role.REVIEWER)
is_vendor = _has(Role.VENDOR)
is_cloud = _has(Role.CLOUD)
is_auditor = _has(Role.AUDITOR)

# The audit record lies below this room and cannot know roles, so its permission is given here.
rules.add_perm("audit.read", is_operator | is_auditor)
