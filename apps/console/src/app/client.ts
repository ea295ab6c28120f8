import { browserTransport, contract, createClient } from '@levee/contract';

/** The server, typed from the contract: `client.cases.list({ query, purpose })`. */
export const client = createClient(contract, browserTransport());
