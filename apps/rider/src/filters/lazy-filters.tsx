// The parts of the filters that the first screen does not need, as one chunk.
export { FilteredOut } from './filtered-out.tsx'
export { FilterPanel } from './filter-panel.tsx'
export { MatchCount } from './match-count.tsx'
