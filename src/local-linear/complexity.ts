import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

const DEFAULT_PAGE = 50

interface Costs {
  schema: GraphQLSchema
  fragments: Record<string, FragmentDefinitionNode>
  variables: Record<string, unknown>
}

/** Complexity in Linear's points: 0.1 for a property, 1 for an object, children × `first` for a connection. */
export function complexityOf(operation: OperationDefinitionNode, costs: Costs): number {
  const root = costs.schema.getRootType(operation.operation)
  return root ? Math.ceil(selectionCost(operation.selectionSet, root, costs) - 1e-9) : 0
}

function selectionCost({ selections }: SelectionSetNode, type: GraphQLCompositeType, costs: Costs): number {
  let points = 0
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      points += fieldCost(selection, type, costs)
      continue
    }
    const fragment = selection.kind === 'FragmentSpread' ? costs.fragments[selection.name.value] : selection
    if (!fragment) continue
    const named = fragment.typeCondition && costs.schema.getType(fragment.typeCondition.name.value)
    points += selectionCost(fragment.selectionSet, isCompositeType(named) ? named : type, costs)
  }
  return points
}

function fieldCost(field: FieldNode, parent: GraphQLCompositeType, costs: Costs): number {
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {}
  const type = getNamedType(fields[field.name.value]?.type)
  if (!field.selectionSet || !isCompositeType(type)) return 0.1
  const children = selectionCost(field.selectionSet, type, costs)
  return type.name.endsWith('Connection') ? 1 + pageOf(field, costs) * children : 1 + children
}

function pageOf(field: FieldNode, { variables }: Costs): number {
  const value = field.arguments?.find(argument => argument.name.value === 'first')?.value
  if (value?.kind === 'IntValue') return Number(value.value)
  const given = value?.kind === 'Variable' ? variables[value.name.value] : undefined
  return typeof given === 'number' ? given : DEFAULT_PAGE
}
