/** Kinds of reports by riders. */
export const REPORT_KINDS = ['count', 'level', 'arrived', 'left', 'problem'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** Levels of free spaces, for a rider who does not count. */
export const LEVELS = ['plenty', 'some', 'few', 'full'] as const
export type Level = (typeof LEVELS)[number]

export const PROBLEMS = ['closed', 'removed', 'blocked', 'faded', 'unsafe'] as const
export type Problem = (typeof PROBLEMS)[number]
