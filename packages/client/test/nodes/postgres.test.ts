import { Client } from 'pg'
import type { TestContext } from '../../../../test/harness.js'
import { POSTGRES, startPostgres } from '../../../../test/postgres.js'
import type { Store } from '../../../../test/store.js'
import { startHosts } from './fleet.js'
import { testNodes } from './matrix.js'

/** Starts a server with the tables of the adapter and of the rate limiter, in the form that their documentation gives. */
const startDatabase = async (context: Pick<TestContext, 'defer'>): Promise<Store> => {
  const database = await startPostgres(context)
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(`
    CREATE TABLE socket_io_attachments (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea);
    CREATE TABLE rates (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint);
  `)
  await client.end()
  return database
}

testNodes(
  {
    name: 'the PostgreSQL adapter',
    carriesBytes: true,
    keepsOrder: false,
    appendsOffsets: true,
    recovers: false,
    ackOvertakes: true,
    keepsEmits: false,
    hasStore: true,
  },
  { needs: POSTGRES, start: async context => startHosts(context, 2, 'postgres', await startDatabase(context)) },
)
