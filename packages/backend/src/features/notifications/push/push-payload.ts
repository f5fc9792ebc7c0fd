import { LANGUAGES } from '@kickstand/i18n'
import type { NoticeText } from '../describe-notice.ts'

/** Push services take 4,096 bytes of encrypted message, of which titles and addresses need the rest. */
const MAX_BODY_LENGTH = 500

/**
 * The payload of a push message: declarative web push (the `web_push` member of W3C Push API), which browsers show without
 * a script and which a service worker passes to `showNotification`. `stop`: the address that turns this kind off.
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
      // A message that arrives twice replaces itself.
      tag: id,
      data: { stop: origin + stop },
    },
  })
}

/** Not in the middle of a character of two halves. */
function shorten(text: string): string {
  if (text.length <= MAX_BODY_LENGTH) return text
  return `${text.slice(0, MAX_BODY_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
