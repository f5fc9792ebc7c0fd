import { parseSync, Visitor } from 'oxc-parser'

/** Names of the tables in a source: the members of its type `Schema`. */
export function readSchema(text: string): string[] {
  const tables: string[] = []
  new Visitor({
    TSTypeAliasDeclaration: ({ id, typeAnnotation }) => {
      if (id.name !== 'Schema' || typeAnnotation.type !== 'TSTypeLiteral') return
      for (const member of typeAnnotation.members) {
        if (member.type === 'TSPropertySignature' && member.key.type === 'Identifier') tables.push(member.key.name)
      }
    },
  }).visit(parseSync('schema.ts', text).program)
  return tables
}
