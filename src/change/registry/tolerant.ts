import * as z from 'zod/mini'
import { textField } from '../field.ts'

export const SCALAR = z.nullable(z.union([z.string(), z.number(), z.boolean()]))

/** A leaf that is read when it has this shape and counts as absent otherwise: the file is never refused for its type. */
export function leaf<T>(shape: z.ZodMiniType, read: (value: unknown) => T, absent: NoInfer<T>) {
  return z.prefault(
    z.catch(z.pipe(shape, z.transform(read)), () => absent as Awaited<T>),
    absent,
  )
}

/** A text, or null. */
export const TEXT = leaf(SCALAR, textField, null)

/** One text or a list of them. Other values are left out. */
export const TEXTS = leaf(
  z.union([SCALAR, z.array(z.catch(SCALAR, null))]),
  value => [value].flat().flatMap(each => textField(each) ?? []),
  [],
)

/** A mapping with these keys, each read tolerantly. A value that is not a mapping reads as an empty one. */
export function map<T extends z.core.$ZodLooseShape>(shape: T) {
  return mapping(z.object(shape))
}

/** A mapping of names to tolerant items, in the order of the file. */
export function named<T extends z.ZodMiniType>(item: T) {
  return mapping(z.record(z.string(), item))
}

function mapping<T extends z.ZodMiniType>(schema: T) {
  type Output = z.output<T>
  const empty: Output = z.parse(schema, {})
  const read = z.transform((value: Output | null): Output => value ?? empty)
  return z.prefault(
    z.catch(z.pipe(z.nullable(schema), read), () => empty as Awaited<Output>),
    {} as z.input<T>,
  )
}
