/** What a rider can say of a zone. */
export const REPORT_KINDS = ['count', 'level', 'arrived', 'left', 'problem'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** Free spaces in a word, for a rider who does not count. */
export const LEVELS = ['plenty', 'some', 'few', 'full'] as const
export type Level = (typeof LEVELS)[number]

export const PROBLEMS = ['closed', 'removed', 'blocked', 'faded', 'unsafe'] as const
export type Problem = (typeof PROBLEMS)[number]
