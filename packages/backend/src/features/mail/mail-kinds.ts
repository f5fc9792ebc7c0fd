import type { MailContent } from './render-mail.ts'
import { mailTexts, type MailLanguage } from './mail-texts.ts'

/** Every kind of mail with its parameters. */
export type Mail =
  | { readonly kind: 'invitation'; readonly link: string; readonly by: string; readonly organisation: string | null }
  | { readonly kind: 'recovery'; readonly link: string }
  | {
      readonly kind: 'predecessor-invitation'
      readonly link: string
      readonly declineLink: string
      /** How long both links work, and the number of days after which the data of a person who does not sign in is erased. */
      readonly days: number
    }
  | { readonly kind: 'notification'; readonly title: string; readonly body: string }
  | { readonly kind: 'credentials-changed'; readonly change: CredentialsChange; readonly at: string }

export type CredentialsChange = 'password' | 'passkey' | 'authenticator' | 'recovery' | 'provider'

/** Subject and content of a mail in a language. */
export function writeMail(mail: Mail, language: MailLanguage): MailContent & { readonly subject: string } {
  const t = mailTexts(language)
  switch (mail.kind) {
    case 'invitation': {
      const { by, organisation } = mail
      return {
        language,
        subject: organisation === null ? t('mail.invitationSubject') : t('mail.invitationToSubject', { organisation }),
        paragraphs: [
          organisation === null ? t('mail.invitationText', { by }) : t('mail.invitationToText', { by, organisation }),
          t('mail.worksOnce', { days: 7 }),
        ],
        action: { label: t('mail.invitationAction'), address: mail.link },
        footer: t('mail.invitationFooter'),
      }
    }
    case 'recovery':
      return {
        language,
        subject: t('mail.recoverySubject'),
        paragraphs: [t('mail.recoveryText'), t('mail.worksOnce', { days: 1 })],
        action: { label: t('mail.recoveryAction'), address: mail.link },
        footer: t('mail.recoveryFooter'),
      }
    case 'predecessor-invitation':
      return {
        language,
        subject: t('mail.predecessorSubject'),
        paragraphs: [
          t('mail.predecessorText'),
          t('mail.predecessorPassword'),
          t('mail.predecessorDays', { days: mail.days }),
        ],
        action: { label: t('mail.predecessorAction'), address: mail.link },
        secondAction: { label: t('mail.predecessorDecline'), address: mail.declineLink },
        footer: t('mail.predecessorFooter'),
      }
    case 'notification':
      return {
        language,
        subject: `Kickstand: ${mail.title}`,
        paragraphs: [mail.body],
        action: null,
        footer: t('mail.notificationFooter'),
      }
    case 'credentials-changed':
      return {
        language,
        subject: t('mail.changedSubject'),
        paragraphs: [t('mail.changedText', { change: mail.change, at: mail.at })],
        action: null,
        footer: t('mail.changedFooter'),
      }
  }
}
