"""What is to be known of a document beside its pages, as XMP (ISO 16684-1), and the standards that
it keeps: PDF/UA-1 (ISO 14289-1) and PDF/A-2 (ISO 19005-2), of the level that is tagged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from audit_api.pdf.painting.objects import string

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{author}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>{archive}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

# PDF/A knows no other words than its own, but for those that a document explains itself.
_ARCHIVE = """
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
pdfaid:part="2" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is kept</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


_PRODUCER = "audit_api"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a reader shows as a document's properties, each on one line."""

    title: str
    subject: str
    author: str
    language: str
    made: date

    def xmp(self, *, archive: bool) -> bytes:
        """All of it in the form of today; `archive` where the document keeps PDF/A."""
        return _PACKET.format(
            title=escape(self.title),
            subject=escape(self.subject),
            author=escape(self.author),
            language=escape(self.language),
            producer=_PRODUCER,
            made=self.made.isoformat(),
            archive=_ARCHIVE if archive else "",
        ).encode()

    def information(self) -> str:
        """The same in the form of old."""
        said = {
            "Title": self.title,
            "Subject": self.subject,
            "Author": self.author,
            "Creator": self.author,
            "Producer": _PRODUCER,
        }
        members = " ".join([f"/{name} {string(text)}" for name, text in said.items()])
        made = f"(D:{self.made:%Y%m%d})"
        return f"<< {members} /CreationDate {made} /ModDate {made} >>"
