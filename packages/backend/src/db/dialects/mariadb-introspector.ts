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
 * The dialect, but that its tables are asked of one database by name. Kysely's question joins two views of the whole server,
 * which then looks at every table of every database: slow, and a failure where one of them is dropped just then.
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
