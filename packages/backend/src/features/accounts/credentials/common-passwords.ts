let loaded: Promise<ReadonlySet<string>> | null = null

/**
 * Whether a password, in lower case, is one of the most common ones. The list is loaded at the first use, because most
 * processes never need it.
 */
export async function loadCommonPasswords(): Promise<(text: string) => boolean> {
  loaded ??= load()
  const passwords = await loaded
  return (text) => passwords.has(text)
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
