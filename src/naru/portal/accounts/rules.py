"""Who is what, as predicates; each room registers its own permissions from these with `rules.add_perm`."""

from rules.permissions import add_perm
from rules.predicates import Predicate, predicate

from naru.portal.accounts.models import Role, User


def _has(role: Role) -> Predicate:
    def holds(user: User) -> bool:
        return user.is_authenticated and user.has_role(role)

    made: Predicate = predicate(name=f"is_{role.value}")(holds)
    return made


is_applicant = _has(Role.APPLICANT)
is_operator = _has(Role.OPERATOR)
is_reviewer = _has(Role.REVIEWER)
is_vendor = _has(Role.VENDOR)
is_cloud = _has(Role.CLOUD)
is_auditor = _has(Role.AUDITOR)

# The audit record lies below this room and cannot know roles, so its permission is given here.
add_perm("audit.read", is_operator | is_auditor)
