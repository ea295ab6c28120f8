import { routes } from 'virtual:levee-contract';
import { browserTransport, type Contract, createClient } from '@levee/contract';

/** The server, typed from the contract: `client.cases.list({ query, purpose })`. */
export const client = createClient(routes as unknown as Contract, browserTransport());
