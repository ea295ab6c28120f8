/** OpenAPI 3.1 printed from the same contract the server runs and the client is inferred from. */
import { errorCatalogue, HEADERS, type Route, type RouteGroup } from '@levee/contract';
import * as z from 'zod';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const parametersOf = (schema: z.ZodObject | undefined, place: 'path' | 'query') =>
  Object.entries(schema?.shape ?? {}).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || !(value as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(value as z.ZodType, 'input'),
  }));

function operationOf(group: string, name: string, route: Route) {
  const { purposes = [] } = route;
  return {
    operationId: `${group}.${name}`,
    tags: [group],
    summary: route.summary.en,
    description: route.summary.zh,
    'x-access': route.access,
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
      ...(purposes.length > 0
        ? [{ name: HEADERS.purpose, in: 'header', required: true, schema: { enum: purposes } }]
        : []),
      ...(route.method === 'POST'
        ? [
            {
              name: HEADERS.command,
              in: 'header',
              required: route.access !== 'public',
              schema: { type: 'string', format: 'uuid' },
            },
          ]
        : []),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: {
      200: {
        description: 'OK',
        content: { 'application/json': { schema: schemaOf(route.response, 'output') } },
      },
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

export function openApi(contract: Readonly<Record<string, RouteGroup>>, version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [group, routes] of Object.entries(contract)) {
    for (const [name, route] of Object.entries(routes)) {
      const path = `/api${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(group, name, route) };
    }
  }
  const text = {
    type: 'object',
    properties: { zh: { type: 'string' }, en: { type: 'string' } },
    required: ['zh', 'en'],
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Levee 堤', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: {
        Error: {
          type: 'object',
          properties: {
            error: {
              type: 'object',
              properties: {
                code: { enum: Object.keys(errorCatalogue) },
                message: text,
                nextStep: text,
                faults: {
                  type: 'array',
                  items: { type: 'object', properties: { where: { type: 'string' }, problem: text } },
                },
                detail: {},
              },
              required: ['code', 'message', 'nextStep'],
            },
          },
          required: ['error'],
        },
      },
    },
  };
}
