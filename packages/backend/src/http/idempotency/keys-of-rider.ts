/** For features that show a rider what is stored of them. */
export { readKeysOf } from './key-store.ts'
