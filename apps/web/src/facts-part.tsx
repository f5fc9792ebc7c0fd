// What the shell and the list show of riders' facts: a chunk of its own, fetched once the page stands.
export { AddPlace } from './facts/add-place.tsx'
export { FactsSender } from './facts/facts-sender.tsx'
