export { FORMATS, type Format } from './read/read-series.ts'
export { evaluate, type EvaluateOptions, type Evaluation, type JsonMethod } from './evaluate.ts'
export { evaluationTable } from './report/table.ts'
export { writeResults } from './report/write-results.ts'
