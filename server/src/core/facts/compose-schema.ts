// Which shapes Compose accepts: its own JSON schema, in the few words of that language which it needs.
import table from './compose-schema.json';

export type ShapeType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'object' | 'array';

/** What Compose reads out of a text after it has held the file against its schema. */
export type Holding = 'size' | 'duration' | 'integer' | 'natural' | 'number' | 'count' | 'mode' | 'text';

/** What a part of a file may be. Without a word about something, everything is accepted there. */
export interface Shape {
  readonly type?: ShapeType | readonly ShapeType[];
  readonly properties?: Readonly<Record<string, Shape>>;
  /** Shapes by a regular expression of the key. */
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  /** `false`: no other keys. */
  readonly additionalProperties?: boolean;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly uniqueItems?: boolean;
  /** One of these, which differ by their types. */
  readonly oneOf?: readonly Shape[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** What its text must hold. */
  readonly holds?: Holding;
  /** The name of a shape that stands here. */
  readonly $ref?: string;
}

const shapes = table.shapes as unknown as Readonly<Record<string, Shape>>;

/** The shape itself, if it is the name of one. */
export function shapeOf(shape: Shape): Shape {
  return (shape.$ref === undefined ? undefined : shapes[shape.$ref]) ?? shape;
}

/** The whole file. */
export const fileShape = shapeOf({ $ref: 'file' });
/** A service. */
export const serviceShape = shapeOf({ $ref: 'service' });

/** The keys that a map has names for, beside those that start with `x-`. */
export function keysOf(shape: Shape): ReadonlySet<string> {
  return new Set(Object.keys(shape.properties ?? {}));
}
