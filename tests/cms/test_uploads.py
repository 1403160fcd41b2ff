"""Each hostile file gets a French sentence in each of the admin's forms, never an error page."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.image_cleaning import clean_image
from cms.models import MediaFile, SiteDocument, SiteImage
from core.errors import DomainError
from tests import hostile_files
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR

ADD_IMAGE = "/admin/images/add/"
ADD_MANY = "/admin/images/multiple/add/"
ADD_DOCUMENT = "/admin/documents/multiple/add/"
FRENCH = ("image", "Choisissez", "fichier")


def upload(name, content):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def said_in_french(text: str) -> bool:
    return any(words in text for words in FRENCH)


def image_errors(response) -> list[str]:
    return response.context["form"].errors["file"]


@pytest.fixture
def stored_image():
    image = SiteImage(title="Paysage", file=ContentFile(hostile_files.picture(), name="avant.jpg"))
    image.save()
    return image


@pytest.mark.parametrize("name", sorted(hostile_files.REFUSED_IMAGES))
class TestHostileImages:
    def test_add(self, admin_client, name):
        file = upload(name, hostile_files.REFUSED_IMAGES[name]())
        response = admin_client.post(ADD_IMAGE, {"title": "Essai", "file": file})
        assert response.status_code == 200
        assert all(said_in_french(error) for error in image_errors(response))
        assert not SiteImage.objects.exists()

    def test_add_many(self, admin_client, name):
        file = upload(name, hostile_files.REFUSED_IMAGES[name]())
        response = admin_client.post(ADD_MANY, {"title": "Essai", "files[]": file})
        assert response.status_code == 200
        assert response.json()["success"] is False
        assert said_in_french(response.json()["error_message"])
        assert not SiteImage.objects.exists()

    def test_edit(self, admin_client, stored_image, name):
        file = upload(name, hostile_files.REFUSED_IMAGES[name]())
        response = admin_client.post(
            f"/admin/images/{stored_image.pk}/", {"title": "Essai", "file": file}
        )
        assert response.status_code == 200
        assert image_errors(response)
        before = SiteImage.objects.get(pk=stored_image.pk)
        assert before.title == "Paysage"
        assert before.file.name == stored_image.file.name
        assert before.file.storage.exists(before.file.name)

    def test_chooser(self, admin_client, name):
        file = upload(name, hostile_files.REFUSED_IMAGES[name]())
        response = admin_client.post(
            "/admin/images/chooser/create/",
            {"image-chooser-upload-title": "Essai", "image-chooser-upload-file": file},
        )
        assert response.status_code == 200
        assert not SiteImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("b.png", "PNG"), ("c.gif", "GIF"), ("d.webp", "WEBP")]
)
def test_honest_picture_is_taken(admin_client, name, kind):
    file = upload(name, hostile_files.picture(kind))
    response = admin_client.post(ADD_IMAGE, {"title": "Été à Vik", "file": file})
    assert response.status_code == 302
    image = SiteImage.objects.get()
    assert (image.title, image.width, image.height) == ("Été à Vik", 60, 40)
    assert image.get_rendition("width-30").width == 30


def test_honest_pictures_are_taken_many_at_a_time(admin_client):
    file = upload("été.jpg", hostile_files.picture())
    response = admin_client.post(ADD_MANY, {"title": "Été", "files[]": file})
    assert response.json()["success"] is True


def test_place_and_camera_are_not_kept_and_the_picture_stands_upright():
    clean = clean_image(io.BytesIO(hostile_files.jpeg_with_place()), "photo.jpg")
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (40, 60)
    for trace in (b"Exif", b"Canari", b"canari"):
        assert trace not in clean


def test_a_photo_for_print_is_kept_in_the_colours_of_a_screen():
    """Some browsers, and our own sizes, would show it in CMYK, its colours washed out."""
    clean = clean_image(io.BytesIO(hostile_files.cmyk_jpeg()), "affiche.jpg")
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.mode, image.format) == ("RGB", "JPEG")
        red, green, blue = image.getpixel((20, 20))
    assert red > 200
    assert max(green, blue) < 60


def test_moving_picture_keeps_moving():
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue", "green")]
    output = io.BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:], duration=50)
    with Image.open(io.BytesIO(clean_image(output, "anime.gif"))) as image:
        assert image.n_frames == 3


def test_transparency_is_kept():
    output = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(output, "PNG")
    with Image.open(io.BytesIO(clean_image(output, "rond.png"))) as image:
        assert image.getpixel((1, 1)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/images/add/",
        ADD_MANY,
        "/admin/documents/add/",
        ADD_DOCUMENT,
        "/admin/media/audio/add/",
        "/admin/media/video/add/",
    ],
)
def test_screens_that_take_files_open(admin_client, path):
    assert admin_client.get(path, follow=True).status_code == 200


def test_too_heavy_picture_is_refused(admin_client, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500
    file = upload("a.jpg", hostile_files.picture(size=(300, 300)))
    response = admin_client.post(ADD_IMAGE, {"title": "Essai", "file": file})
    assert "trop lourd" in image_errors(response)[0]


if HAS_SAMPLE_DATA:

    @pytest.mark.parametrize(
        "source", sorted((SAMPLE_DATA_DIR / "images").glob("*.*")), ids=lambda path: path.name
    )
    def test_real_picture_goes_through(source):
        with source.open("rb") as file, Image.open(source) as original:
            clean = clean_image(file, source.name)
            with Image.open(io.BytesIO(clean)) as image:
                assert sorted(image.size) == sorted(original.size)


def test_unreadable_bytes_never_escape_as_another_error():
    whole = hostile_files.picture("PNG")
    for position in range(8, len(whole), 7):
        broken = bytearray(whole)
        broken[position] ^= 0x55
        try:
            clean_image(io.BytesIO(bytes(broken)), "a.png")
        except DomainError as error:
            assert "image" in str(error)  # noqa: PT017


@pytest.mark.usefixtures("full_disk")
class TestFullDisk:
    def test_image(self, admin_client):
        file = upload("a.jpg", hostile_files.picture())
        response = admin_client.post(ADD_IMAGE, {"title": "Essai", "file": file})
        assert response.status_code == 200
        assert "disque est plein" in image_errors(response)[0]
        assert not SiteImage.objects.exists()

    def test_many_images(self, admin_client):
        file = upload("a.jpg", hostile_files.picture())
        response = admin_client.post(ADD_MANY, {"title": "Essai", "files[]": file})
        assert "disque est plein" in response.json()["error_message"]

    def test_document(self, admin_client):
        file = upload("a.pdf", b"%PDF-1.7 essai")
        response = admin_client.post(ADD_DOCUMENT, {"title": "Essai", "files[]": file})
        assert "disque est plein" in response.json()["error_message"]
        assert not SiteDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", hostile_files.html_page()),
        ("dessin.svg", hostile_files.svg_with_script()),
        ("faux.pdf", hostile_files.html_page()),
        ("faux.xlsx", b"pas un classeur"),
        ("faux.csv", hostile_files.picture()),
        ("faux.txt", b"a\x00b"),
        ("programme.docx", b"MZ\x90\x00" + b"\x00" * 200),
        ("coupé.docx", b"PK\x03\x04" + b"\x00" * 64),
        ("bombe.docx", hostile_files.word_bomb()),
        ("programme.exe", b"MZ"),
    ],
)
def test_document_that_is_not_what_it_says_is_refused(admin_client, name, content):
    response = admin_client.post(ADD_DOCUMENT, {"title": "Essai", "files[]": upload(name, content)})
    assert response.json()["success"] is False
    assert said_in_french(response.json()["error_message"])
    assert not SiteDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("été.pdf", b"%PDF-1.7 essai"),
        ("valeurs.csv", "nom;valeur\nÉté;1\n".encode()),
        ("paquet.zip", b"PK\x05\x06" + b"\x00" * 18),
    ],
)
def test_honest_document_is_taken_and_private(admin_client, name, content):
    response = admin_client.post(ADD_DOCUMENT, {"title": "Essai", "files[]": upload(name, content)})
    assert response.json()["success"] is True
    assert SiteDocument.objects.get().is_private is True


def test_document_is_public_only_when_said(admin_client):
    response = admin_client.post(
        "/admin/documents/add/",
        {"title": "Guide", "file": upload("guide.pdf", b"%PDF-1.7 essai"), "is_private": "False"},
    )
    assert response.status_code == 302
    document = SiteDocument.objects.get()
    assert document.is_private is False
    assert document.file.name.startswith("documents/")


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("video", "page.mp4", hostile_files.html_page()),
        ("audio", "page.mp3", hostile_files.html_page()),
        ("video", "film.exe", b"MZ"),
        ("audio", "image.mp3", hostile_files.picture()),
    ],
)
def test_false_film_or_sound_is_refused(admin_client, kind, name, content):
    response = admin_client.post(
        f"/admin/media/{kind}/add/",
        {"title": "Essai", "file": upload(name, content), "duration": "0"},
    )
    assert response.status_code == 200
    assert said_in_french(image_errors(response)[0])
    assert not MediaFile.objects.exists()


def test_honest_film_is_taken(admin_client):
    content = hostile_files.tiny_film()
    response = admin_client.post(
        "/admin/media/video/add/",
        {"title": "Lapin", "file": upload("lapin.mp4", content), "duration": "5"},
    )
    assert response.status_code == 302
    assert MediaFile.objects.get().title == "Lapin"


def test_hostile_thumbnail_is_refused(admin_client):
    film = hostile_files.tiny_film()
    response = admin_client.post(
        "/admin/media/video/add/",
        {
            "title": "Lapin",
            "file": upload("lapin.mp4", film),
            "thumbnail": upload("a.jpg", hostile_files.truncated_jpeg()),
            "duration": "5",
        },
    )
    assert response.status_code == 200
    assert response.context["form"].errors["thumbnail"]
    assert not MediaFile.objects.exists()
