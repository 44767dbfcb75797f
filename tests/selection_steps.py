"""A selection brought to a step by the acts that lead there."""

from selecting import HOUR, SELECTING

from naru.portal.selection import actions
from naru.portal.selection.models import SelectionRun


def proposed(ready, at=SELECTING):
    return actions.propose(by=ready.operator, at=at, call=ready.call, round_id="1")


def confirmed(ready):
    run = proposed(ready)
    for person in (ready.operator, ready.operator2):
        actions.confirm(by=person, at=SELECTING, run=run)
    return SelectionRun.objects.get(pk=run.pk)


def published(ready):
    return actions.publish(by=ready.operator, at=SELECTING + HOUR, run=confirmed(ready))


def matched(ready, run):
    matching = actions.run_matching(by=ready.operator, at=SELECTING, selection=run)
    actions.confirm_matching(by=ready.operator, at=SELECTING, matching=matching)
    return actions.confirm_matching(by=ready.operator2, at=SELECTING, matching=matching)


def words(answer):
    return answer.content.decode()
