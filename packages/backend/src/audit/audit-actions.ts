/**
 * Every action of the audit log, named object:verb, with what it means. docs/admin/audit.md has the same table.
 */
export const AUDIT_ACTIONS = {
  'contributions:judge':
    'The passing of time changed what is shown of zones: contributions expired, removals took effect',
  'databases:move': 'All data was moved to this database',
  'demos:create': 'Simulated zones were made',
  'demos:remove': 'Simulated zones were removed',
  'legacy-imports:create': 'The data of the predecessor was imported',
  'legacy-imports:undo': 'An import of the data of the predecessor was rolled back',
  'matches:merge': 'Two entries were decided to be one place',
  'matches:split': 'Two entries were decided to be two places',
  'reviews:accept': 'A contribution or photo of a rider was accepted',
  'reviews:reject': 'A contribution or photo of a rider was rejected',
  'reviews:undo': 'Everything that a rider or a network contributed was undone',
  'schemas:migrate': 'The tables were migrated to a newer schema',
  'sources:import': 'A file or feed changed the zones or settings of a source',
  'sources:remove': 'A source was removed from the map',
  'sources:undo': 'The last import or removal of a source was undone',
  'tokens:create': 'A token was created',
  'tokens:revoke': 'A token was revoked',
  'zones:join': 'Two zones were joined',
  'zones:split': 'The data of a source was separated from a zone',
} as const

export type AuditAction = keyof typeof AUDIT_ACTIONS
