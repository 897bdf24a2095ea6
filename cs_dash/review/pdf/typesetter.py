"""Sets a document in a process of its own: `python typesetter.py FONTS TEMPLATE [accessible]`, data in, PDF out.

The typesetting library keeps much of the last ten documents in memory and lets no other thread run meanwhile; here both
end with the document. It is run as a file, so that nothing else is imported.
"""

from __future__ import annotations

import sys


def main(fonts: str, template: str, accessible: str = "") -> None:
    """Read the data as JSON from standard input and write the PDF to standard output."""
    import typst

    compiler = typst.Compiler(template, font_paths=[fonts])
    data = {"deck": sys.stdin.buffer.read().decode("utf-8")}
    document = compiler.compile(format="pdf", sys_inputs=data, pdf_standards=["ua-1"] if accessible else [])
    if isinstance(document, bytes):  # a document of pictures would be a list of them
        sys.stdout.buffer.write(document)


if __name__ == "__main__":
    main(*sys.argv[1:])
