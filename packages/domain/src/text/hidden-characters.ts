// Invisible characters with an effect: control characters move a terminal's cursor and set its clipboard, bidi controls reverse
// text, zero-width and tag characters make texts differ that look the same.
//
// Some are kept because scripts need them: joiners (U+200C, U+200D) after a letter of a joining script or inside an emoji, and one
// variation selector after its base character. The listed marks from U+0600 on are format characters, but visible.
//
// The patterns are literals, not built from parts, so that a bundler can drop unused ones.

const HIDDEN =
  /(?!(?<=[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]|(?<=[\p{L}\p{N}\p{S}\p{P}])\p{VS}|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu

const PLAIN = /^[\x20-\x7e]*$/
const PLAIN_LINES = /^[\x20-\x7e\n]*$/
const SINGLE_SPACED = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

/** Cleans a text from outside to one line: white space is collapsed, hidden characters are removed. May be empty. */
export function cleanText(text: string): string {
  if (SINGLE_SPACED.test(text)) return text
  return text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(HIDDEN, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .normalize('NFC')
}

/** Escapes hidden characters and line breaks for a terminal (`\u001b`, `\u202e`, `\u{e0041}`), so that no text can forge a line. */
export function visibleText(line: string): string {
  if (PLAIN.test(line)) return line
  return line.replaceAll(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xff_ff ? `\\u{${code.toString(16)}}` : escaped(code)
  })
}

/** Escapes hidden characters in JSON; the values stay the same. Line breaks between values are kept. */
export function visibleJson(json: string): string {
  if (PLAIN_LINES.test(json)) return json
  return json.replaceAll(HIDDEN, (character) => {
    if (character === '\n') return character
    return Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join('')
  })
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
