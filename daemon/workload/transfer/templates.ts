/** Prompts of last resort, one a category: good enough for a preview, and never sent to a GPU unconfirmed (hold.ts). */
export const templates: Readonly<Record<string, string>> = {
  street:
    'A photorealistic view along a city street, filmed with a steady camera. Building fronts of brick, concrete and ' +
    'glass show weathering, stains and small cracks; the road has patched asphalt, worn markings and dust along the ' +
    'kerb. Soft daylight from a partly clouded sky casts natural shadows and lights surfaces from the sides. Fine ' +
    'detail in every material, true reflections in the windows, no people in the foreground.',
  interior:
    'A photorealistic room, filmed with a slow and steady camera. Daylight enters through the windows and falls off ' +
    'naturally towards the corners. Plaster, wood, fabric and metal each show their own texture and small signs of ' +
    'use; floors reflect faintly, edges are slightly worn. Balanced exposure, calm colours, fine detail everywhere.',
  landscape:
    'A photorealistic open landscape, filmed with a slow and steady camera. Ground, rock and vegetation change ' +
    'naturally with distance; far hills fade into light haze. Low sun gives long shadows and warm light on one side, ' +
    'cool sky light on the other. Grass and leaves are finely detailed, clouds are soft and layered.',
  generic:
    'A photorealistic scene, filmed with a steady camera in natural light. Every surface shows the texture of its ' +
    'material, with small irregularities and signs of use; shadows and reflections agree with the light. Fine detail ' +
    'near and far, calm natural colours.',
};

export const DEFAULT_CATEGORY = 'generic';
