/** The store, and what is kept by day, in PostgreSQL. */
export { connectPostgres } from './connect.ts';
export { createDayRecords, type DayRecordsOptions } from './records.ts';
export { createPostgresStore, type PostgresStore } from './store.ts';
