import { parseSync, Visitor } from 'oxc-parser'

/** Names of the tables that a source declares: the members of its part of the interface `Schema`. */
export function readSchema(text: string): string[] {
  const tables: string[] = []
  new Visitor({
    TSInterfaceDeclaration: ({ id, body }) => {
      if (id.name !== 'Schema') return
      for (const member of body.body) {
        if (member.type === 'TSPropertySignature' && member.key.type === 'Identifier') tables.push(member.key.name)
      }
    },
  }).visit(parseSync('schema.ts', text).program)
  return tables
}
