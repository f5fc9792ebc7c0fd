/**
 * Whether an SPDX expression lets us use a package: of `OR` one side is enough, of `AND` both are needed. `isAllowed` decides about a
 * single licence. Returns null for what is no expression, such as "SEE LICENSE IN …".
 */
export function allowsLicence(expression: string, isAllowed: (licence: string) => boolean): boolean | null {
  const words = expression.match(/\(|\)|[^\s()]+/g) ?? []
  let at = 0

  // OR binds weaker than AND. Both sides are always read, so that a fault behind an allowed licence is found.
  const either = (): boolean | null => {
    let result = both()
    while (words[at] === 'OR') {
      at++
      const right = both()
      result = result === null || right === null ? null : result || right
    }
    return result
  }
  const both = (): boolean | null => {
    let result = single()
    while (words[at] === 'AND') {
      at++
      const right = single()
      result = result === null || right === null ? null : result && right
    }
    return result
  }
  const single = (): boolean | null => {
    const word = words[at++]
    if (word === '(') {
      const inner = either()
      return words[at++] === ')' ? inner : null
    }
    return word !== undefined && /^[A-Za-z\d][\w.+-]*$/.test(word) && word !== 'OR' && word !== 'AND'
      ? isAllowed(word)
      : null
  }

  const result = either()
  return at === words.length ? result : null
}
