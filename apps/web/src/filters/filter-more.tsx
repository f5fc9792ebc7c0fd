// All of the filters that the first screen can do without: one chunk.
export { FilteredOut } from './filtered-out.tsx'
export { FilterPanel } from './filter-panel.tsx'
