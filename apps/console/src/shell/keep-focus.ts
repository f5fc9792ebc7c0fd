/** The parts of a page that take over a lost focus: a row itself, the others by their heading. */
const ROW = '[data-row]'
const PARTS = `${ROW}, dialog[open], section, main`

/** What takes over the focus: the nearest row that is left around a removed element, or the heading of the nearest part. */
function heirOf(trail: readonly Element[]): HTMLElement | null {
  const part = trail.find((one) => one.isConnected)?.closest(PARTS)
  const heir = part?.matches(ROW) ? part : (part?.querySelector('h2, h3') ?? part)
  return heir instanceof HTMLElement ? heir : null
}

function canHaveFocus(element: Element | undefined): boolean {
  return element !== undefined && element.isConnected && !element.matches(':disabled')
}

/**
 * Moves the focus to the heading of the part around it when the focused element disappears or becomes disabled: a row that was
 * removed, a step that was replaced. Otherwise the next Tab would start at the top of the page.
 */
export function keepFocus(page: Document): void {
  // The focused element and the elements around it. Removed elements no longer know their parents.
  let trail: readonly Element[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function check(): void {
    if (page.activeElement !== page.body && page.activeElement !== null) return
    const [lost] = trail
    if (lost === undefined) return
    const heir = canHaveFocus(lost) ? null : heirOf(trail)
    // The person has clicked outside of all controls.
    trail = []
    if (heir === null) return
    if (!heir.hasAttribute('tabindex')) heir.tabIndex = -1
    heir.focus()
  }

  // Later, because the new part may focus something itself.
  function checkLater(): void {
    clearTimeout(timer)
    timer = setTimeout(check, 0)
  }

  page.addEventListener('focusin', ({ target }) => {
    const around: Element[] = []
    for (let one = target instanceof Element ? target : null; one !== null; one = one.parentElement) around.push(one)
    trail = around
  })
  page.addEventListener('focusout', checkLater)
  new MutationObserver(checkLater).observe(page.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  })
}
