"""Looking into a DOCX that somebody sends: what could run, fetch or hide something is refused.

Only kinds of parts that a plain document is made of are let in: what a later Word invents is
refused until it is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from core.errors import DomainError
from core.package_guard import MEGABYTE, Package, PackageLimits, read_package

LARGEST_FILE = 5 * MEGABYTE
TOO_HEAVY = (
    f"Ce fichier est trop lourd: {LARGEST_FILE // MEGABYTE} Mo au plus. Réduisez les images."
)
MOST_XML = 4 * MEGABYTE
"""A hundred pages: a parser takes twenty times as much memory."""
TOO_LONG = "Ce fichier a trop de pages pour un gabarit: gardez-en une centaine au plus."
BROKEN = "Ce fichier Word est abîmé: ouvrez-le, puis enregistrez-le de nouveau en .docx."
LIMITS = PackageLimits(broken=BROKEN, unpacked=20 * MEGABYTE, members=500, ratio=200)
NOT_WORD = "Ce n’est pas un document Word .docx: ouvrez-le dans Word et enregistrez-le en .docx."
OLD_WORD = (
    "C’est un ancien fichier .doc, ou un fichier protégé par un mot de passe: enregistrez-le"
    " en .docx, sans mot de passe."
)
MACROS = "Ce fichier contient des macros: enregistrez-le en « Document Word (.docx) »."
WORD_MODEL = "C’est un modèle Word (.dotx): enregistrez-le en « Document Word (.docx) »."
ACTIVE = (
    "Ce fichier contient un objet incorporé ou un contrôle (tableau Excel, OLE, ActiveX):"
    " retirez-le, ou remplacez-le par une image."
)
OUTSIDE = (
    "Ce fichier va chercher quelque chose ailleurs (modèle, image ou cadre lié): dans Word,"
    " rompez la liaison, ou incorporez l’image."
)
UNKNOWN_PART = (
    "Ce fichier contient un élément qui ne sert pas dans un gabarit ({kind}): retirez-le."
)
OTHER_FIELD = (
    "Ce fichier contient un champ de Word ({name}) qui ne sert pas dans un gabarit: retirez-le."
    " Les champs du gabarit s’écrivent au clavier, entre accolades."
)

OLE_MAGIC = b"\xd0\xcf\x11\xe0"
ZIP_MAGIC = b"PK\x03\x04"
MAIN_PART = "word/document.xml"
TYPES_PART = "[Content_Types].xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MODEL_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
MACRO_WORDS = ("vbaproject", "vbadata", "macroenabled", "keymapcustomizations")
ACTIVE_WORDS = ("activex", "oleobject", "embeddings/", "package.binary", "ctrlprop")
ACTIVE_LINKS = {"oleobject", "package", "control", "activexcontrolbinary", "afchunk", "subdocument"}
PLAIN_LINKS = {
    *("officedocument", "core-properties", "extended-properties", "custom-properties"),
    *("thumbnail", "styles", "styleswitheffects", "settings", "websettings", "fonttable"),
    *("theme", "numbering", "header", "footer", "footnotes", "endnotes", "image", "hyperlink"),
    *("comments", "commentsextended", "commentsids", "commentsextensible", "people"),
    *("glossarydocument", "customxml", "customxmlprops", "font", "printersettings"),
    *("diagramdata", "diagramlayout", "diagramquickstyle", "diagramcolors", "diagramdrawing"),
    *("classificationlabels", "documenttasks"),
}
WEB_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
PLAIN_FIELDS = {
    *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "SEQ", "REF", "PAGEREF", "NOTEREF"),
    *("TOC", "TC", "INDEX", "XE", "STYLEREF", "HYPERLINK", "SYMBOL", "TITLE", "SUBJECT", "AUTHOR"),
    *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "FILENAME", "DOCPROPERTY"),
    *("LISTNUM", "NUMWORDS", "BIBLIOGRAPHY", "CITATION"),
}
"""Those of Word that only count or point: others fetch, run, or build the name of one that does."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"
ACTIVE_TAGS = {f"{W}object", f"{W}control", f"{W}altChunk", f"{W}subDoc"}


def inspect_word(content: bytes) -> None:
    """Refuse what is not a plain DOCX, by its content, before a parser opens it."""
    if len(content) > LARGEST_FILE:
        raise DomainError(TOO_HEAVY)
    if content.startswith(OLE_MAGIC):
        raise DomainError(OLD_WORD)
    if not content.startswith(ZIP_MAGIC):
        raise DomainError(NOT_WORD)
    package = read_package(content, LIMITS)
    if sum(map(len, package.parts.values())) > MOST_XML:
        raise DomainError(TOO_LONG)
    if MAIN_PART not in package.parts or TYPES_PART not in package.parts:
        raise DomainError(NOT_WORD)
    _refuse_names(package, _parsed(package.parts[TYPES_PART]))
    for name, xml in package.parts.items():
        if name.lower().endswith(".rels"):
            _refuse_links(_parsed(xml))
        else:
            _refuse_active(_parsed(xml))


def _parsed(xml: bytes) -> ET.Element:
    try:
        return ET.fromstring(xml)  # noqa: S314  entities refused by read_package
    except (ET.ParseError, RecursionError) as error:
        raise DomainError(BROKEN) from error


def _refuse_names(package: Package, types: ET.Element) -> None:
    """What the file calls its parts, by name and by declared kind."""
    declared = [(each.get("PartName", ""), each.get("ContentType", "")) for each in types]
    said = [name.lower() for name in package.names]
    said += [word.lower() for pair in declared for word in pair]
    if any(word in text for text in said for word in MACRO_WORDS):
        raise DomainError(MACROS)
    if any(word in text for text in said for word in ACTIVE_WORDS):
        raise DomainError(ACTIVE)
    main = dict(declared).get(f"/{MAIN_PART}", "")
    if main == MODEL_TYPE:
        raise DomainError(WORD_MODEL)
    if main != MAIN_TYPE:
        raise DomainError(NOT_WORD)


def _refuse_links(tree: ET.Element) -> None:
    for link in tree:
        kind = link.get("Type", "").rstrip("/").rpartition("/")[2]
        if kind.lower() in ACTIVE_LINKS:
            raise DomainError(ACTIVE)
        if "vba" in kind.lower() or kind.lower() == "keymapcustomizations":
            raise DomainError(MACROS)
        if link.get("TargetMode", "").lower() == "external":
            if kind.lower() != "hyperlink" or not WEB_ADDRESS.match(link.get("Target", "")):
                raise DomainError(OUTSIDE)
        elif kind.lower() not in PLAIN_LINKS:
            raise DomainError(UNKNOWN_PART.format(kind=kind[:60]))


def _refuse_active(tree: ET.Element) -> None:
    for element in tree.iter():
        if element.tag in ACTIVE_TAGS:
            raise DomainError(ACTIVE)
        if element.tag.startswith(VML) and element.get("src"):
            raise DomainError(OUTSIDE)
    for instruction in _instructions(tree):
        name = (instruction.split() or [""])[0].upper()
        if name and name not in PLAIN_FIELDS:
            raise DomainError(OTHER_FIELD.format(name=name[:40]))


def _instructions(tree: ET.Element) -> Iterator[str]:
    """What Word's own fields say; one may be cut in several runs."""
    for simple in tree.iter(f"{W}fldSimple"):
        yield simple.get(f"{W}instr", "")
    said = ""
    for element in tree.iter():
        if element.tag == f"{W}fldChar":
            yield said
            said = ""
        elif element.tag == f"{W}instrText":
            said += element.text or ""
    yield said
