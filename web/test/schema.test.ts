import { readFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import { expect, it } from 'vitest'

it('the REST types are those of docs/openapi.yaml: run `npm run types` after changing it', async () => {
  const described = astToString(await openapiTS(readFileSync('../docs/openapi.yaml', 'utf8')))
  expect(readFileSync('src/api/schema.d.ts', 'utf8')).toContain(described)
})
