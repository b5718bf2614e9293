import { type $ZodType, toJSONSchema } from 'zod/v4/core'
import { REGISTRY_FILE } from '../src/change/registry/registry-file.ts'
import { SCHEMA_FILE } from '../src/change/schema/parse-schema.ts'
import { SETTINGS_FILE } from '../src/change/schema/schema-name.ts'
import { DEFINITION_FILE } from '../src/figures/definitions/definition-file.ts'
import { LOCK } from '../src/figures/lock/lock.ts'
import * as changes from '../src/report/schemas/changes.ts'
import { FIGURES } from '../src/report/schemas/figures.ts'
import * as linear from '../src/report/schemas/linear.ts'
import * as repository from '../src/report/schemas/repository.ts'
import { BASE_LOCK } from '../src/specs/base-lock.ts'

/** Files by the name of their schema. */
const FILES: Record<string, { title: string; schema: $ZodType }> = {
  linear: { title: 'The registry of opsx, openspec/linear.yaml', schema: REGISTRY_FILE },
  figures: { title: 'Figures of opsx, openspec/figures.yaml', schema: DEFINITION_FILE },
  'figures.lock': { title: 'Measured figures of opsx, openspec/figures.lock.json', schema: LOCK },
  'base.lock': { title: 'What a delta spec was written against, base.lock.json', schema: BASE_LOCK },
  schema: { title: 'What opsx reads of a workflow schema, schema.yaml', schema: SCHEMA_FILE },
  settings: { title: 'What opsx reads of .openspec.yaml and openspec/config.yaml', schema: SETTINGS_FILE },
}

const { STATUS, VERIFY, TASKS, NEW } = changes
const { SYNC, BIND, ARCHIVE, AUDIT, WATCH, REVIEW, LEDGER, LEDGER_LINT } = linear
const { INIT, DOCTOR, EXPLAIN, COMPLETION, MERGE_DRIVER, LOCAL, ERROR, ROOTS } = repository

/** JSON documents by the part of their name before the `@1`. */
const DOCUMENTS: Record<string, $ZodType> = {
  status: STATUS,
  verify: VERIFY,
  tasks: TASKS,
  new: NEW,
  sync: SYNC,
  bind: BIND,
  archive: ARCHIVE,
  audit: AUDIT,
  watch: WATCH,
  review: REVIEW,
  ledger: LEDGER,
  'ledger-lint': LEDGER_LINT,
  init: INIT,
  doctor: DOCTOR,
  explain: EXPLAIN,
  completion: COMPLETION,
  'merge-driver': MERGE_DRIVER,
  local: LOCAL,
  error: ERROR,
  roots: ROOTS,
  figures: FIGURES,
}

export interface JsonSchema {
  $schema?: string
  $id?: string
  [key: string]: unknown
}

/**
 * Every published JSON Schema (draft 2020-12) by its path below `schemas/`. Unknown keys are allowed, because keys may
 * be added; `closed` refuses them, so that a test finds a key that is not described.
 */
export function jsonSchemas({ closed = false } = {}): Map<string, JsonSchema> {
  const files = Object.entries(FILES).map(([name, { title, schema }]): [string, JsonSchema] => {
    return [`${name}.json`, published(`${name}.json`, title, toJson(schema, 'input'))]
  })
  const documents = Object.entries(DOCUMENTS).map(([name, schema]): [string, JsonSchema] => {
    const path = `documents/${name}@1.json`
    return [path, published(path, `opsx/${name}@1`, toJson(schema, closed ? 'output' : 'input'))]
  })
  return new Map([...files, ...documents])
}

function published(path: string, title: string, { $schema, ...rest }: JsonSchema): JsonSchema {
  return { $schema: String($schema), $id: `https://unpkg.com/opsx/schemas/${path}`, title, ...rest }
}

/** Without `default`, which here is what a reader takes for a value of another type. */
function toJson(schema: $ZodType, io: 'input' | 'output'): JsonSchema {
  const json = toJSONSchema(schema, {
    io,
    reused: 'ref',
    override: ({ jsonSchema }) => {
      delete jsonSchema.default
    },
  })
  return JSON.parse(JSON.stringify(json))
}
