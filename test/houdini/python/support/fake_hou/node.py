"""Nodes: tree, type, parameters, inputs and user data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue import Default, Multi
from .errors import ObjectWasDeleted, OperationFailed, PermissionError
from .expand import Context
from .node_type import NodeType
from .parm import Parm

if TYPE_CHECKING:
    from .scene import Scene


class Node:
    """`hou.Node`: what every node has."""

    def __init__(self, scene: Scene, path: str, type: NodeType) -> None:
        self._scene, self._path, self._type = scene, path, type
        self._user_data: dict[str, str] = {}
        self._inputs: list[OpNode | None] = []
        self._deleted = False

    def path(self) -> str:
        self._alive()
        return self._path

    def name(self) -> str:
        return self.path().rsplit("/", 1)[-1]

    def type(self) -> NodeType:
        self._alive()
        return self._type

    def parent(self) -> OpNode | None:
        return self._scene.nodes.get(self.path().rsplit("/", 1)[0] or "/")

    def node(self, node_path: str) -> OpNode | None:
        if node_path.startswith("/"):
            return self._scene.nodes.get(node_path)
        steps = [] if self.path() == "/" else self.path().split("/")[1:]
        for step in node_path.split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step not in ("", "."):
                steps.append(step)
        return self._scene.nodes.get("/" + "/".join(steps)) if node_path else None

    def children(self) -> tuple[OpNode, ...]:
        return tuple(node for node in self._scene.nodes.values() if node is not self and node.parent() is self)

    def allSubChildren(
        self, top_down: bool = True, recurse_in_locked_nodes: bool = True, sync_delayed_definition: bool = False
    ) -> tuple[OpNode, ...]:
        root = self.path().rstrip("/") + "/"
        return tuple(node for path, node in self._scene.nodes.items() if path.startswith(root) and path != root)

    def input(self, input_index: int) -> OpNode | None:
        return self._inputs[input_index] if input_index < len(self._inputs) else None

    def inputs(self) -> tuple[OpNode | None, ...]:
        return tuple(self._inputs)

    def outputs(self) -> tuple[OpNode, ...]:
        return tuple(node for node in self._scene.nodes.values() if self in node._inputs)

    def inputAncestors(
        self, include_ref_inputs: bool = True, follow_subnets: bool = False, only_used_inputs: bool = False
    ) -> tuple[OpNode, ...]:
        found: dict[OpNode, None] = {}
        for node in self._inputs:
            if node is not None:
                found.update(dict.fromkeys((node, *node.inputAncestors())))
        return tuple(found)

    def setInput(self, input_index: int, item_to_become_input: OpNode | None, output_index: int = 0) -> None:
        before = list(self._inputs)
        self._inputs.extend([None] * (input_index + 1 - len(self._inputs)))
        self._inputs[input_index] = item_to_become_input

        def restore() -> None:
            self._inputs = before

        self._scene.undos.record("Connect", restore)

    def moveToGoodPosition(
        self,
        relative_to_inputs: bool = True,
        move_inputs: bool = True,
        move_outputs: bool = True,
        move_unconnected: bool = True,
    ) -> None:
        self._alive()

    def setUserData(self, name: str, value: str) -> None:
        self._alive()
        if not isinstance(value, str):
            raise TypeError("in method 'Node_setUserData', argument 3 of type 'std::string const &'")
        self._replace_user_data({**self._user_data, name: value})

    def userData(self, name: str) -> str | None:
        self._alive()
        return self._user_data.get(name)

    def userDataDict(self) -> dict[str, str]:
        self._alive()
        return dict(self._user_data)

    def destroyUserData(self, name: str, must_exist: bool = True) -> None:
        self._alive()
        if must_exist and name not in self._user_data:
            raise OperationFailed(f"There is no user data named {name}.")
        self._replace_user_data({key: value for key, value in self._user_data.items() if key != name})

    def _replace_user_data(self, after: dict[str, str]) -> None:
        before, self._user_data = self._user_data, after
        self._scene.dirty = True

        def restore() -> None:
            self._user_data = before

        self._scene.undos.record("Change User Data", restore)

    def _alive(self) -> None:
        if self._deleted:
            raise ObjectWasDeleted("Attempt to access an object that no longer exists in Houdini.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self._path == other._path and self._scene is other._scene

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._path)


class OpNode(Node):
    """`hou.OpNode`: a node with parameters, which all nodes of the plugin are."""

    def __init__(self, scene: Scene, path: str, type: NodeType, defaults: dict[str, Default]) -> None:
        super().__init__(scene, path, type)
        self._locked = False
        """Inside a locked asset: nothing of it can be changed."""
        self._parms = {name: Parm(self, name, default) for name, default in defaults.items()}
        for block in [parm for parm in self._parms.values() if isinstance(parm._default, Multi)]:
            self._parms |= {name: Parm(self, name, each) for name, each in _instances(block, int(block._value))}

    def parm(self, parm_path: str) -> Parm | None:
        self._alive()
        folder, _, name = parm_path.rpartition("/")
        node = self.node(folder) if folder else self
        return None if node is None else node._parms.get(name)

    def parms(self) -> tuple[Parm, ...]:
        self._alive()
        return tuple(self._parms.values())

    def evalParm(self, parm_path: str) -> int | float | str:
        parm = self.parm(parm_path)
        if parm is None:
            raise OperationFailed(f"Parameter not found: {parm_path}")
        return parm.eval()

    def createNode(
        self,
        node_type_name: str,
        node_name: str | None = None,
        run_init_scripts: bool = True,
        load_contents: bool = True,
        exact_type_name: bool = False,
        force_valid_node_name: bool = False,
    ) -> OpNode:
        from .create import create, free_path

        self._changeable()
        base = node_name or node_type_name.split("::")[-1].rstrip(".0123456789") + "1"
        path = free_path(self._scene, self.path(), base)
        node = create(self._scene, path, node_type_name, scripts=run_init_scripts)
        self._scene.undos.record("Create Node", node._delete)
        return node

    def destroy(self, disable_safety_checks: bool = False) -> None:
        self._delete()

    def _changeable(self) -> None:
        if self._locked:
            raise PermissionError("Failed to modify node or parameter because of a permission error.")

    def _delete(self) -> None:
        for node in (*self.allSubChildren(), self):
            self._scene.nodes.pop(node._path, None)
            node._deleted = True

    def _context(self, frame: float) -> Context:
        scene = self._scene
        local = {"OS": self.name(), "N": "1", "NRENDER": "1"}
        return Context(frame, scene.all_variables(), self._channel, scene.sign_padded, local)

    def _channel(self, path: str, frame: float) -> str | float:
        parm = self.parm(path)
        if parm is None:
            raise OperationFailed(f"Unable to evaluate {path}")
        return parm.evalAtFrame(frame)

    def _pressed(self, button: str) -> None:
        """What a push button does; nodes that render know more."""

    def _resize(self, block: Parm, count: int) -> None:
        """Grows or shrinks a multi-parameter block; new instances have their defaults."""
        before = self._parms
        kept = dict(_instances(block, count))
        surplus = {name for name, _ in _instances(block, len(before))} - kept.keys()
        self._parms = {name: parm for name, parm in before.items() if name not in surplus}
        for name, default in kept.items():
            self._parms.setdefault(name, Parm(self, name, default))

        def restore() -> None:
            self._parms = before

        self._scene.undos.record("Resize", restore)


def _instances(block: Parm, count: int) -> list[tuple[str, Default]]:
    default = block._default
    parms = default.parms if isinstance(default, Multi) else {}
    return [(name.replace("#", str(i)), value) for i in range(1, count + 1) for name, value in parms.items()]
