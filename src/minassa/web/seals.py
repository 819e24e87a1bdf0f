"""The platform's own seal on PDF documents: PAdES B-B by a certificate that the platform made for itself.

It shows that a document came from this platform and was not changed since. It is neither a qualified nor an advanced
seal of law 43-20: no trust service vouches for the certificate. Its fingerprint is what a reader compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from asn1crypto import keys as asn1_keys
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from minassa.vocabulary.errors import MinassaError
from minassa.web.keys import kept
from minassa.web.seal_field import add_field

FIELD: Final = "Minassa"
NAME: Final = "Minassa, cachet de la plateforme (certificat auto-signé)"  # not shown
LASTS: Final = timedelta(days=3_650)
PDF_A_2: Final = (1, 7)
"""The version of PDF that PDF/A-2 builds on (ISO 19005-2)."""
NEWER: Final = "/2.0"


class Unreadable(MinassaError):
    """The bytes are not a PDF that can be read."""

    code = "document-unreadable"


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a seal says of a document.

    `ours`: made by the certificate of this platform. `intact`: what was sealed has not changed. `whole`: nothing was
    added since. `sealed_at`: the instant that the platform wrote (its own clock). `reason`: why it was sealed.
    """

    ours: bool
    intact: bool
    whole: bool
    sealed_at: datetime | None
    reason: str

    @property
    def holds(self) -> bool:
        """Whether the document is the one that this platform sealed, unchanged."""
        return self.ours and self.intact and self.whole


class _SameVersion(IncrementalPdfFileWriter):
    """Adds a seal without raising the version of the document.

    PDF/A-2 is a kind of PDF 1.7. pyHanko makes a document PDF 2.0 to name the elliptic curve of its seal, which PAdES
    admits in 1.7 as well.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, PDF_A_2))  # type: ignore[no-untyped-call]

    def register_extension(self, ext: DeveloperExtension) -> None:
        if ext.base_version != NEWER:
            super().register_extension(ext)


class _DatedSigner(PdfSigner):
    """A signer that writes the instant it is given rather than that of the machine."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(metadata, signer=signer)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:  # noqa: FBT001, FBT002
        """The session of the base class, at the given instant."""
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at
        return session


def seal(document: bytes, reason: str, at: datetime) -> bytes:
    """The document with the platform's seal, dated `at`; `reason` is written in it (`Récépissé de dépôt`)."""
    key, certificate = _pair()
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", reason=reason, subfilter=SigSeedSubFilter.PADES, name=NAME
    )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(certificate)
    signer = SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=store)
    writer = _SameVersion(BytesIO(document))
    add_field(writer, FIELD, NAME)
    sealed = _DatedSigner(metadata, signer, at).sign_pdf(writer, existing_fields_only=True)
    return bytes(sealed.getvalue())


def check_seal(document: bytes) -> SealReport | None:
    """What the last seal of a document says; None when it bears none. Unreadable when it is no PDF."""
    try:
        found = PdfFileReader(BytesIO(document)).embedded_signatures
    except (PdfReadError, ValueError) as error:
        raise Unreadable("Ce fichier n'est pas un PDF lisible.") from error
    return _report(found[-1]) if found else None


def certificate_fingerprint() -> str:
    """SHA-256 of the certificate of this platform, in hexadecimal: what is published for readers to compare."""
    return str(_pair()[1].sha256.hex())


def _report(embedded: Any) -> SealReport:  # noqa: ANN401 (pyHanko exports no name for it)
    certificate = _pair()[1]
    at = embedded.self_reported_timestamp
    reason = str(embedded.sig_object.get("/Reason", ""))
    context = ValidationContext(trust_roots=[certificate], moment=at, allow_fetching=False)
    try:
        status = validate_pdf_signature(embedded, signer_validation_context=context)
    except (SignatureValidationError, UnacceptableSignerError, PdfReadError, ValueError):
        return SealReport(ours=False, intact=False, whole=False, sealed_at=at, reason=reason)
    ours = status.signing_cert.sha256 == certificate.sha256 and status.valid
    whole = status.coverage is not None and status.coverage.name == "ENTIRE_FILE"
    return SealReport(ours=ours, intact=status.intact, whole=whole, sealed_at=at, reason=reason)


def _pair() -> tuple[asn1_keys.PrivateKeyInfo, asn1_x509.Certificate]:
    """The key and the certificate of the platform, made the first time."""
    text = kept(Path(settings.MINASSA_HOME), "seal", _draw).encode()
    parts = {kind: content for kind, _headers, content in asn1_pem.unarmor(text, multiple=True)}
    return asn1_keys.PrivateKeyInfo.load(parts["PRIVATE KEY"]), asn1_x509.Certificate.load(parts["CERTIFICATE"])


def _draw() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    since = datetime.now(UTC) - timedelta(days=1)  # clocks of readers may run a little late
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(since + LASTS)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(_usage(), critical=True)
    certificate = built.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (private + certificate.public_bytes(serialization.Encoding.PEM)).decode()


def _usage() -> x509.KeyUsage:
    asked = ("digital_signature", "content_commitment")
    others = "key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only decipher_only"
    return x509.KeyUsage(**dict.fromkeys(asked, True), **dict.fromkeys(others.split(), False))
