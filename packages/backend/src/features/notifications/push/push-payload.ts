import { LANGUAGES } from '@kickstand/i18n'
import type { NoticeText } from '../describe-notice.ts'

/** In UTF-16 units. Push services accept encrypted messages of up to 4,096 bytes, and the title and addresses need space too. */
const MAX_BODY_LENGTH = 500

/**
 * The payload of a push message, in the format of declarative web push (`web_push` in the W3C Push API). Browsers that know
 * this format show the message without a script. In other browsers, a service worker passes it to `showNotification`. `stop`:
 * the path that turns off this kind of notification.
 */
export function pushPayload(
  { language, title, body, path }: NoticeText,
  { id, origin, stop }: { readonly id: string; readonly origin: string; readonly stop: string },
): string {
  return JSON.stringify({
    web_push: 8030,
    notification: {
      title,
      body: shorten(body),
      lang: language,
      dir: LANGUAGES[language].dir,
      navigate: origin + path,
      // If a message arrives twice, the second one replaces the first.
      tag: id,
      data: { stop: origin + stop },
    },
  })
}

/** Shortens a text without splitting a surrogate pair. */
function shorten(text: string): string {
  if (text.length <= MAX_BODY_LENGTH) return text
  return `${text.slice(0, MAX_BODY_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
