import { expect, test } from 'vitest';
import { Damage } from '../../../../daemon/demo/scene/damage.js';
import { type Mesh, MeshBuilder } from '../../../../daemon/demo/scene/mesh.js';
import { addPanel, type Panel } from '../../../../daemon/demo/scene/panel.js';
import type { Surface } from '../../../../daemon/demo/scene/surface.js';
import { cross, length, subtract, type Vec } from '../../../../daemon/demo/scene/vector.js';

const surface = (part: Surface['part']): Surface => ({ part, color: [1, 1, 1], texture: 'plain' });

/** A wall 6 m wide and 4 m high that looks along -y. */
function wall(changes: Partial<Panel> = {}): Mesh {
  const mesh = new MeshBuilder();
  addPanel(mesh, {
    origin: [0, 0, 0],
    u: [1, 0, 0],
    v: [0, 0, 1],
    width: 6,
    height: 4,
    thickness: 0.3,
    cell: 0.5,
    front: surface('facade'),
    back: surface('interior'),
    rim: surface('rubble'),
    left: () => 1,
    ...changes,
  });
  return mesh.build();
}

const corner = (mesh: Mesh, i: number, k: number): Vec => {
  const at = i * 9 + k * 3;
  return [mesh.positions[at] ?? 0, mesh.positions[at + 1] ?? 0, mesh.positions[at + 2] ?? 0];
};

/** Square metres of the triangles whose normal points along `direction`. */
function areaTowards(mesh: Mesh, direction: Vec): number {
  let area = 0;
  for (let i = 0; i < mesh.count; i++) {
    const normal = [0, 1, 2].map((k) => mesh.normals[i * 3 + k] ?? 0);
    if (direction.some((value, k) => Math.abs(value - (normal[k] ?? 0)) > 1e-5)) continue;
    const [a, b, c] = [corner(mesh, i, 0), corner(mesh, i, 1), corner(mesh, i, 2)];
    area += length(cross(subtract(b, a), subtract(c, a))) / 2;
  }
  return area;
}

test('a sound wall is closed: two faces of its size and a border all around, in few triangles', () => {
  const mesh = wall();
  expect(areaTowards(mesh, [0, -1, 0])).toBeCloseTo(24);
  expect(areaTowards(mesh, [0, 1, 0])).toBeCloseTo(24);
  expect(areaTowards(mesh, [0, 0, 1])).toBeCloseTo(6 * 0.3);
  expect(areaTowards(mesh, [1, 0, 0])).toBeCloseTo(4 * 0.3);
});

test('an opening is missing in both faces and shows the thickness of the wall', () => {
  const mesh = wall({ opening: (u, v) => u > 2 && u < 4 && v > 1 && v < 3 });
  expect(areaTowards(mesh, [0, -1, 0])).toBeCloseTo(24 - 4);
  expect(areaTowards(mesh, [0, 0, 1])).toBeCloseTo((6 + 2) * 0.3); // top of the wall and the sill
});

test('a straight break is cut between the cells, not along them', () => {
  const mesh = wall({ left: ([x]) => 3.2 - x });
  expect(areaTowards(mesh, [0, -1, 0])).toBeCloseTo(3.2 * 4);
  expect(areaTowards(mesh, [1, 0, 0])).toBeCloseTo(4 * 0.3); // the broken face closes it
});

test('damage is deterministic, takes what lies in the bite and leaves what is far away', () => {
  const damage = new Damage([{ center: [6, 0, 4], size: [2, 2, 2] }], 5);
  expect(damage.left([6, 0, 4])).toBeLessThan(0);
  expect(damage.left([-3, 0, 0])).toBeGreaterThan(2);
  const again = new Damage([{ center: [6, 0, 4], size: [2, 2, 2] }], 5);
  expect(again.left([4.5, 0, 3])).toBe(damage.left([4.5, 0, 3]));
});
