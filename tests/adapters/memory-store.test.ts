import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { indexStoreContract } from '../contracts/index-store.ts';

indexStoreContract('memory store', () => createMemoryStore());
