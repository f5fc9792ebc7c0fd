import {
  MysqlDialect,
  MysqlIntrospector,
  sql,
  type DatabaseIntrospector,
  type Kysely,
  type MysqlDialectConfig,
  type TableMetadata,
} from 'kysely'

type ColumnRow = {
  readonly table: string
  readonly name: string
  readonly dataType: string
  readonly nullable: string
  readonly extra: string
  readonly initial: string | null
  readonly comment: string
}

/**
 * The MySQL dialect with an introspector that reads one database by name. Kysely's query joins two views of the whole
 * server, which opens every table of every database: slow, and it fails when one of them is dropped meanwhile.
 */
export class OneDatabaseDialect extends MysqlDialect {
  readonly #database: string

  constructor(database: string, config: MysqlDialectConfig) {
    super(config)
    this.#database = database
  }

  override createIntrospector<S>(db: Kysely<S>): DatabaseIntrospector {
    const others = new MysqlIntrospector(db)
    return { getSchemas: () => others.getSchemas(), getTables: () => readTables(db, this.#database) }
  }
}

async function readTables<S>(db: Kysely<S>, database: string): Promise<TableMetadata[]> {
  const { rows: tables } = await sql<{ name: string; type: string }>`
    select table_name as name, table_type as type from information_schema.tables
    where table_schema = ${database} order by table_name`.execute(db)
  const { rows: columns } = await sql<ColumnRow>`
    select table_name as \`table\`, column_name as name, data_type as dataType, is_nullable as nullable, extra,
      column_default as initial, column_comment as comment
    from information_schema.columns where table_schema = ${database} order by table_name, ordinal_position`.execute(db)
  const columnsOf = Map.groupBy(columns, ({ table }) => table)
  return tables.map(({ name, type }) => ({
    name,
    schema: database,
    isView: type === 'VIEW',
    isForeign: false,
    columns: (columnsOf.get(name) ?? []).map((column) => ({
      name: column.name,
      dataType: column.dataType,
      isNullable: column.nullable === 'YES',
      isAutoIncrementing: column.extra.includes('auto_increment'),
      hasDefaultValue: column.initial !== null,
      ...(column.comment === '' ? {} : { comment: column.comment }),
    })),
  }))
}
