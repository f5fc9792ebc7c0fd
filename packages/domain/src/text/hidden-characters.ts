// Characters that are not seen and still do something: control characters move a terminal's cursor and write its clipboard, bidi
// controls turn a line around, zero-width and tag characters make two texts that look the same differ.
//
// Kept, because writing needs them: joiners (U+200C, U+200D) after a letter of a script that joins letters, or inside an emoji, and
// one variation selector after what it varies. The marks from U+0600 on that are listed are format characters by name, but drawn.
//
// Written as literals and not put together from parts: a bundler leaves out a literal that is not used.

const HIDDEN =
  /(?!(?<=[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]|(?<=[\p{L}\p{N}\p{S}\p{P}])\p{VS}|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu

const PLAIN = /^[\x20-\x7e]*$/
const SINGLE_SPACED = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

/** One line of what somebody wrote: line breaks and runs of blanks become one blank, hidden characters are left out. May be empty. */
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

/** One line for a terminal: what is hidden is written out, `\u001b`, `\u202e`, `\u{e0041}`. Line breaks too, so that no text makes a line of its own. */
export function visibleText(line: string): string {
  if (PLAIN.test(line)) return line
  return line.replaceAll(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xff_ff ? `\\u{${code.toString(16)}}` : escaped(code)
  })
}

/** JSON that holds the same values with hidden characters as escapes. Line breaks between values stay. */
export function visibleJson(json: string): string {
  if (PLAIN.test(json)) return json
  return json.replaceAll(HIDDEN, (character) => {
    if (character === '\n') return character
    return Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join('')
  })
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
