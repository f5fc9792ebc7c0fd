import { LANGUAGES, type Language } from '@kickstand/i18n'

type MailAction = { readonly label: string; readonly address: string }

/**
 * The content of a mail. `action`: the main link, as a button in HTML and as an address in text. `secondAction`: the link for
 * a person who does not want the main action.
 */
export type MailContent = {
  readonly language: Language
  readonly paragraphs: readonly string[]
  readonly action: MailAction | null
  readonly secondAction?: MailAction
  /** Explains why the person receives the mail, and what to do if they did not expect it. */
  readonly footer: string
}

/** Renders the text part and the HTML part of a mail from the same content. */
export function renderMail(content: MailContent): { readonly text: string; readonly html: string } {
  return { text: asText(content), html: asHtml(content) }
}

function asText({ paragraphs, action, secondAction, footer }: MailContent): string {
  const actions = [action, secondAction].flatMap((one) => one ?? [])
  const parts = [...paragraphs, ...actions.map(({ label, address }) => `${label}:\n${address}`), `-- \n${footer}`]
  return `${parts.join('\n\n')}\n`
}

const BUTTON =
  'display:inline-block;padding:12px 20px;background:#1b4f9c;color:#ffffff;border-radius:4px;font-weight:bold;text-decoration:none'

/**
 * Contains no images, scripts or style sheets, because mail programs remove them, and because reading a mail must not load
 * anything.
 */
function asHtml({ language, paragraphs, action, secondAction, footer }: MailContent): string {
  const body = [
    ...paragraphs.map((text) => `<p>${escape(text)}</p>`),
    ...(action === null
      ? []
      : [
          `<p><a href="${escape(action.address)}" style="${BUTTON}">${escape(action.label)}</a></p>`,
          `<p>${escape(action.address)}</p>`,
        ]),
    ...(secondAction === undefined
      ? []
      : [`<p><a href="${escape(secondAction.address)}">${escape(secondAction.label)}</a></p>`]),
    `<p style="color:#55606b;font-size:13px">${escape(footer)}</p>`,
  ]
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="${LANGUAGES[language].dir}">`,
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:36em;margin:0 auto;padding:16px">',
    ...body,
    '</body></html>',
    '',
  ].join('\n')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
