/** What `kickstand doctor` found. */
export type Finding = {
  readonly name: string
  /**
   * `ok`: present. `missing`: absent, but only needed for some tasks. `weak`: it works, but something needs attention.
   * `wrong`: Kickstand cannot run.
   */
  readonly state: 'ok' | 'missing' | 'weak' | 'wrong'
  readonly detail: string
  /** The command, setting or document that fixes it. */
  readonly fix?: string
}
