// The child that sets letters. The first line it reads brings templates and fonts, each further one a letter; each is
// answered with one line. It keeps no state between letters, reads no file and ends when its input does.
import { createInterface } from "node:readline";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

const workspace = "/connex-letters"; // need not exist: all sources are handed over
const answer = (line) => process.stdout.write(JSON.stringify(line) + "\n");
let compiler;

function setUp({ fonts, templates }) {
  compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts.map((font) => Buffer.from(font, "base64")) }] });
  for (const [name, source] of Object.entries(templates)) compiler.addSource(`${workspace}/${name}`, source);
}

/** What the compiler says about a letter is for good; anything else that goes wrong here may pass. */
class Refused extends Error {}

function diagnosed(work) {
  try {
    return work();
  } catch (error) {
    const messages = [...String(error.message).matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map((found) => JSON.parse(`"${found[1].replace(/\\u\{([0-9a-f]+)\}/gi, "U+$1").replace(/\\'/g, "'")}"`));
    if (messages.length === 0) throw error;
    throw new Refused(messages.join("; "));
  }
}

function pdf({ data, standard, timestamp }) {
  const compiled = diagnosed(() => compiler.compile({ mainFilePath: `${workspace}/${data.kind}.typ`, inputs: { data: JSON.stringify(data) } }));
  if (!compiled.result) {
    const diagnostics = (compiled.takeError() ?? compiled.takeDiagnostics())?.shortDiagnostics ?? [];
    throw new Refused(diagnostics.map((d) => `${d.message} (${d.path} ${d.range ?? ""})`).join("; ") || "the compiler gives no reason");
  }
  const file = diagnosed(() => compiler.pdf(compiled.result, { pdfStandard: standard, creationTimestamp: timestamp }));
  compiler.evictCache(10);
  return file;
}

/** The same letter as text to edit: headings and paragraphs, no layout that would be in the way. */
async function docx({ data }) {
  const { Document, HeadingLevel, LevelFormat, Packer, Paragraph, TextRun } = await import("docx");
  const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thaana}]/u;
  const paragraph = (text, options = {}) => new Paragraph({
    spacing: { after: 160 }, bidirectional: rightToLeft.test(text), ...options,
    children: text.split("\n").map((line, i) => new TextRun({ text: line, break: i ? 1 : 0, rightToLeft: rightToLeft.test(line) })),
  });
  const block = (lines) => paragraph(lines.join("\n"), { spacing: { after: 360 } });
  const children = [
    paragraph(data.words.draft, { style: "Hint" }), block(data.sender), block(data.addressee),
    block([`${data.words.reference}: ${data.reference}`, data.date]),
    paragraph(data.subject, { heading: HeadingLevel.HEADING_1 }), paragraph(data.salutation),
    ...data.paragraphs.map((text) => paragraph(text)),
    ...data.conditions.map((text) => paragraph(text, { numbering: { reference: "conditions", level: 0 } })),
    paragraph(data.closing, { spacing: { after: 900 } }), block(data.signatory),
    ...data.copies.map((text) => paragraph(text)),
  ];
  return Packer.toBuffer(new Document({
    title: data.title, creator: data.author,
    styles: {
      default: { document: { run: { font: "Arial", size: 22, language: { value: data.language } } } },
      paragraphStyles: [{ id: "Hint", name: "Hint", basedOn: "Normal", run: { italics: true, color: "444444", size: 18 } }],
    },
    numbering: { config: [{ reference: "conditions", levels: [{ level: 0, format: LevelFormat.DECIMAL, text: "%1.", alignment: "start" }] }] },
    sections: [{ children }],
  }));
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  try {
    if (order.make === "set-up") setUp(order);
    const file = order.make === "pdf" ? pdf(order) : order.make === "docx" ? await docx(order) : Buffer.alloc(0);
    answer({ id: order.id, file: file.toString("base64") });
  } catch (error) {
    answer({ id: order.id, [error instanceof Refused ? "fault" : "error"]: String(error?.message ?? error) });
  }
}
