import { expect, it } from 'vitest'
import { writeMail, type Mail } from './mail-kinds.ts'
import { mailLanguage } from './mail-texts.ts'
import { renderMail } from './render-mail.ts'

const MAILS: Mail[] = [
  {
    kind: 'invitation',
    link: 'https://p.example/console/invitation#abc',
    by: 'Anna <a@b.example>',
    organisation: null,
  },
  {
    kind: 'invitation',
    link: 'https://p.example/console/invitation#abc',
    by: 'Anna',
    organisation: '<script>x</script>',
  },
  { kind: 'recovery', link: 'https://p.example/console/recovery#abc' },
  { kind: 'notification', title: 'Your roles were changed', body: 'You are now: administrator.' },
  { kind: 'credentials-changed', change: 'passkey', at: '2026-06-01 12:00 UTC' },
]

it.each(MAILS.flatMap((mail) => ['en', 'de'].map((language) => ({ mail, language }))))(
  'the mail $mail.kind in $language says the same as text and HTML, without markup from outside',
  ({ mail, language }) => {
    const { subject, ...content } = writeMail(mail, mailLanguage(language))
    const { text, html } = renderMail(content)
    expect(subject).toMatch(/Kickstand/)
    expect(html).toContain(`<html lang="${language}" dir="ltr">`)
    expect(html).not.toContain('<script')
    for (const paragraph of content.paragraphs) expect(text).toContain(paragraph)
    if (content.action !== null) expect(html).toContain(`href="${content.action.address}"`)
    // Everything that was to be filled in was.
    expect(`${subject}${text}${html}`).not.toMatch(/\{|undefined|\bmail\.[a-z]/)
  },
)

it('a reader without mails in their language gets English', () => {
  expect(mailLanguage('fr')).toBe('en')
})
