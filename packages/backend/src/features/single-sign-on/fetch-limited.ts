import type { CustomFetch } from 'openid-client'

/** The documents of a provider are a few kilobytes. A larger answer is a mistake or an attack on the memory of this server. */
const MAX_BYTES = 1_000_000

/** Fetches as `fetch` does. Throws an Error as soon as the body of the answer has more than 1 MB. */
export const fetchLimited: CustomFetch = async (address, { body: sent, ...options }) => {
  const { body, status, statusText, headers } = await fetch(address, { ...options, body: sent ?? null })
  if (body === null) return new Response(null, { status, statusText, headers })
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    // Leaving the loop ends the connection.
    if (size > MAX_BYTES) throw new Error(`the answer of the identity provider has more than ${MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return new Response(Buffer.concat(chunks), { status, statusText, headers })
}
