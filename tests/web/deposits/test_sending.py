from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from minassa.intake.models import Upload
from minassa.intake.names import shown
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from tests.declarations.deposit.building import FAMILY_NAME, ebds
from tests.intake.firms import mandated, officer, other_firm
from tests.intake.hostile import HOSTILE
from tests.web.deposits.browsing import signed_in

pytestmark = pytest.mark.usefixtures("preparer")
BOUNDARY = "frontiere"


def address(enterprise: Enterprise, language: str = "fr") -> str:
    return f"/{language}/depots/entreprise/{enterprise.uuid}/envoyer/"


def body(*files: tuple[bytes, bytes], fields: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A form written byte by byte: what a browser would never send, others would."""
    out = io.BytesIO()
    for field, value in fields:
        out.write(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode())
    for name, content in files:
        out.write(b'--frontiere\r\nContent-Disposition: form-data; name="files"; filename="%b"\r\n' % name)
        out.write(b"Content-Type: text/plain\r\n\r\n" + content + b"\r\n")
    out.write(b"--%b--\r\n" % BOUNDARY.encode())
    return out.getvalue()


def post(client: Client, enterprise: Enterprise, *files: tuple[str, bytes], language: str = "fr") -> HttpResponse:
    return raw(client, enterprise, body(*((name.encode(), content) for name, content in files)), language)


def raw(client: Client, enterprise: Enterprise, content: bytes, language: str = "fr") -> HttpResponse:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    headers = {"accept": "application/json"}
    answer = client.post(address(enterprise, language), data=content, content_type=kind, headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def answers(response: HttpResponse) -> list[dict[str, str]]:
    files: list[dict[str, str]] = json.loads(response.content)["files"]
    return files


def stored(home: Path) -> list[Path]:
    return list(home.rglob("*.sealed"))


def test_a_form_without_script_sends_several_files_and_says_what_became_of_each(
    browser_of: Client, enterprise: Enterprise
) -> None:
    good, empty = ebds(), ("vide.txt", b"")
    files = [SimpleUploadedFile(*good), SimpleUploadedFile(*empty)]
    response = browser_of.post(address(enterprise), {"files": files})
    assert (response.status_code, response["Location"]) == (302, f"/fr/depots/entreprise/{enterprise.uuid}/")
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said[0].startswith(f"{good[0]} : reçu")
    assert said[1].startswith("vide.txt : Le fichier est vide")
    assert [upload.name for upload in Upload.objects.all()] == [good[0]]


def test_the_script_gets_one_answer_a_file(browser_of: Client, enterprise: Enterprise) -> None:
    response = post(browser_of, enterprise, ebds())
    assert response.status_code == 201
    (first,) = answers(response)
    assert first["address"] == f"/fr/depots/{Upload.objects.get().uuid}/"
    (again,) = answers(post(browser_of, enterprise, ebds()))
    assert again["again"]
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_over_http_and_nothing_is_stored(
    case: str, browser_of: Client, enterprise: Enterprise, home: Path
) -> None:
    name, content, problem = HOSTILE[case]()
    response = post(browser_of, enterprise, (name, content))
    assert response.status_code == 400
    (said,) = answers(response)
    assert said["problem"] == problem
    assert said["sentence"] != problem
    assert not Upload.objects.exists()
    assert not stored(home)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (b"../../etc/passwd.txt", "name-path"),
        (b"C:\\\\windows\\\\a.txt", "name-path"),
        (b"/etc/a.txt", "name-path"),
        (b"a\x00.txt", "name-hidden"),
        (b"a\x07.txt", "name-hidden"),
        ("a\u202e.txt".encode(), "name-hidden"),
        (b"<img src=x onerror=alert(1)>.txt", "name-markup"),
        (b"NUL.txt", "name-device"),
        (b"com1.csv", "name-device"),
        (b"a" * 300 + b".txt", "name-long"),
        (b"   ", "name-empty"),
    ],
)
def test_tricks_in_names_are_refused_over_http_not_repaired(
    name: bytes, problem: str, browser_of: Client, enterprise: Enterprise, home: Path
) -> None:
    response = raw(browser_of, enterprise, body((name, b"B00")))
    said = answers(response)
    assert [each["problem"] for each in said] == [problem]
    assert said[0]["name"] == shown(said[0]["name"])
    assert not Upload.objects.exists()
    assert not stored(home)


def test_a_refused_name_is_escaped_on_the_page(browser_of: Client, enterprise: Enterprise) -> None:
    content = body((b"<img src=x>.txt", b"B00"))
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    response = browser_of.post(address(enterprise), data=content, content_type=kind, follow=True)
    page = response.content.decode()
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x>" not in page


def test_one_bad_file_does_not_stop_the_others(browser_of: Client, enterprise: Enterprise) -> None:
    response = post(browser_of, enterprise, ("a.exe", b"MZ"), ebds(), ("../b.txt", b"B00"))
    assert [each["problem"] for each in answers(response)] == ["extension", "", "name-path"]
    assert Upload.objects.count() == 1


def test_oversized_files_and_requests_are_refused(
    browser_of: Client, enterprise: Enterprise, settings: Settings, home: Path
) -> None:
    settings.MINASSA_UPLOAD_FILE_BYTES = 500
    (said,) = answers(post(browser_of, enterprise, ebds()))
    assert said["problem"] == "too-large"
    settings.MINASSA_UPLOAD_REQUEST_BYTES = 600
    response = post(browser_of, enterprise, ebds())
    assert (response.status_code, json.loads(response.content)["problem"]) == (413, "too-large-together")
    assert not stored(home)


@pytest.mark.parametrize("most", [2, 500])
def test_too_many_files_are_refused_whole(
    browser_of: Client, enterprise: Enterprise, settings: Settings, home: Path, most: int
) -> None:
    settings.MINASSA_UPLOAD_FILES = most
    files = [(f"{rank}.txt", b"B00") for rank in range(120 if most > 100 else 3)]
    response = post(browser_of, enterprise, *files)
    assert (response.status_code, json.loads(response.content)["problem"]) == (400, "too-many")
    assert not Upload.objects.exists()
    assert not stored(home)


def test_no_file_and_cut_requests_are_refused(browser_of: Client, enterprise: Enterprise, home: Path) -> None:
    assert json.loads(raw(browser_of, enterprise, body()).content)["problem"] == "none"
    # A body that ends in the middle of a file is a file that ends there: its declaration is refused by its totals.
    odd = browser_of.post(address(enterprise), data=b"x", content_type="multipart/form-data")
    assert odd.status_code == 302
    assert not stored(home)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_refusals_speak_the_language_of_the_page(browser_of: Client, enterprise: Enterprise, language: str) -> None:
    (french,) = answers(post(browser_of, enterprise, ("a.txt", b"")))
    (said,) = answers(post(browser_of, enterprise, ("a.txt", b""), language=language))
    assert said["problem"] == "empty"
    assert said["sentence"] != french["sentence"]


def test_nothing_is_received_without_the_token_of_the_form(enterprise: Enterprise, preparer: Actor, home: Path) -> None:
    strict = signed_in(preparer, strict=True)
    assert raw(strict, enterprise, body((b"a.txt", b"B00"))).status_code == 403
    assert not Upload.objects.exists()
    assert not stored(home)
    page = strict.get(f"/fr/depots/entreprise/{enterprise.uuid}/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    sent = body((ebds()[0].encode(), ebds()[1]), fields=(("csrfmiddlewaretoken", found[1]),))
    assert raw(strict, enterprise, sent).status_code == 201


def test_strangers_visitors_and_officers_cannot_send(enterprise: Enterprise, home: Path) -> None:
    assert post(Client(), enterprise, ebds()).status_code == 302
    for actor, expected in (
        (mandated(other_firm(), name="stranger"), 404),
        (officer("dgi"), 404),
        (officer("cnss"), 403),
    ):
        assert post(signed_in(actor), enterprise, ebds()).status_code == expected
    assert not Upload.objects.exists()
    assert not stored(home)


def test_nothing_sent_is_ever_in_clear_on_the_disk(browser_of: Client, enterprise: Enterprise, tmp_path: Path) -> None:
    large = ebds()[1] + b"\n" * 3_000_000
    post(browser_of, enterprise, ("DS_9900003_202510.txt", large))
    assert Upload.objects.get().size == len(large)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and FAMILY_NAME in path.read_bytes()]
