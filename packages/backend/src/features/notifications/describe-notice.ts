import { isPlatformRole, NOTIFICATION_KINDS, type NotificationParams } from '@kickstand/domain'
import type { Language } from '@kickstand/i18n'
import { notificationLanguage, riderNotificationTexts, staffNotificationTexts } from './notification-texts.ts'
import type { Notice } from './stored-notice.ts'

/** The text of a notification. `path`: the page of this server that it opens. */
export type NoticeText = {
  readonly language: Language
  readonly title: string
  readonly body: string
  readonly path: string
}

/** The text of a notification in the language of a tag such as `de-AT`; in English if there are no texts in that language. */
export function describeNotice(notice: Notice, tag: string): NoticeText {
  const language = notificationLanguage(NOTIFICATION_KINDS[notice.kind].audience, tag)
  switch (notice.kind) {
    case 'contribution-decided':
      return { language, ...describeDecision(notice.params, language) }
    case 'role-changed':
      return { language, ...describeRoles(notice.params, language) }
  }
}

type Words = Omit<NoticeText, 'language'>

function describeDecision(
  { subject, verdict, zoneId, zone, reason }: NotificationParams['contribution-decided'],
  language: Language,
): Words {
  const t = riderNotificationTexts(language)
  const place = zone ?? t('notice.zoneWithoutName')
  const outcome = verdict === 'accepted' ? t('notice.shownNow', { zone: place }) : t('notice.notShown', { zone: place })
  return {
    title: t('notice.decided', { subject, verdict }),
    body: reason === null ? outcome : `${outcome} ${t('notice.reason', { reason })}`,
    path: zoneId === null ? '/' : `/zones/${zoneId}`,
  }
}

function describeRoles({ roles }: NotificationParams['role-changed'], language: Language): Words {
  const t = staffNotificationTexts(language)
  const names = roles.split(',').filter(isPlatformRole)
  const list = new Intl.ListFormat(language).format(names.map((role) => t('notice.role', { role })))
  return {
    title: t('notice.rolesChanged'),
    body: names.length === 0 ? t('notice.noRole') : t('notice.rolesNow', { roles: list }),
    path: '/console/account',
  }
}
