"""An auditor reads and writes nothing: every address refuses what an auditor posts, but a few questions."""

import pytest
from every_page import addresses, busy
from seated import SeatedClient
from small_world import World
from spent import spent

from naru.portal.accounts.auditors import ASKED


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return busy(World(), settings)


def test_every_post_of_an_auditor_is_refused(world, settings):
    client = SeatedClient()
    client.force_login(world.auditor, backend=settings.AUTHENTICATION_BACKENDS[1])
    taken = {}
    for name, address in addresses(world):
        for method in (client.post, client.put, client.patch, client.delete):
            answer = method(address)
            spent(answer)
            if answer.status_code not in (403, 405) and name not in ASKED and ":" in name:
                taken[name, method.__name__] = answer.status_code
    assert taken == {}


def test_the_refusal_says_so(world, client, settings):
    client.force_login(world.auditor, backend=settings.AUTHENTICATION_BACKENDS[1])
    answer = client.post("/applications/start/company/", {})
    assert (answer.status_code, "감사 역할은 모두 볼 수 있고" in answer.content.decode()) == (403, True)
    assert client.post("/i18n/setlang/", {"language": "en"}).status_code == 302
