import { enProvenance, type ProvenanceMessages } from './en-provenance.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, ProvenanceMessages>> = { en: enProvenance }

/** The texts about the sources of each fact in the page's language. */
export function useProvenanceText(): ProvenanceMessages {
  return CATALOGUES[useI18n().t.locale] ?? enProvenance
}
