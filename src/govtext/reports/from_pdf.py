"""The text layer of a PDF."""

from __future__ import annotations

import io

import pypdf
import pypdf.errors

from govtext.errors import InputError

PAGE_BREAK = "\f"


def pdf_text(data: bytes, name: str) -> str:
    """Return the lines of a PDF, its pages separated by form feeds.

    A PDF that only restricts printing or copying opens without a password and is read.

    Raises:
        InputError: The file is damaged, protected by a password, or has no text layer.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(name)
        pages = [page.extract_text() for page in reader.pages]
    except InputError:
        raise
    except (pypdf.errors.DependencyError, pypdf.errors.FileNotDecryptedError) as error:
        raise _encrypted(name) from error
    except Exception as error:
        raise InputError(
            f"{name}: damaged PDF ({type(error).__name__}: {error}); print it to a new PDF"
        ) from error
    if not any(page.strip() for page in pages):
        raise InputError(
            f"{name}: the PDF has no text layer ({len(pages)} pages of images?); "
            "run text recognition (OCR) on it first"
        )
    return PAGE_BREAK.join(pages)


def _encrypted(name: str) -> InputError:
    return InputError(f"{name}: the PDF is encrypted; save a copy without a password and read that")
