#!/usr/bin/env python3
"""What the compilers of real graphics cards make of our kernels, without the cards.

Mesa's drivers compile for cards that aren't there and report what they made: registers, spills, how many
subgroups fit, and the machine code, from which this script reads the loop that multiplies most. Dawn prints
the SPIR-V of every pipeline that it creates (its toggle dump_shaders).

  npm run gpu-stats -- [--card NAME]... [--json] [--check] [--dump FILE] [--only WORD] [--isa WORD] [--all-tiles]

--card     a card of the table below, or `all`: those whose compilers are installed. Default: the two of AMD,
           which need only Debian's package mesa-vulkan-drivers, 25 or later (tools/lavapipe.sh). The others
           need tests/gpu-stats/drivers.sh, once per machine (about five minutes on two idle cores).
--json     one JSON line for each kernel and card instead of a table.
--check    ends with an error where a kernel spills registers or keeps private memory.
--dump     keeps Dawn's log in FILE, for other compilers.
--only     only kernels with this word in their name.
--isa      prints the machine code of the kernels with this word in their name.
--all-tiles  also the products in every other shape of tile that tuning may choose on a card.

Needs gcc, libvulkan-dev and spirv-tools (Debian's packages).

Columns: registers per invocation; registers spilled (want 0); bytes of private memory per invocation (spills,
and arrays that are indexed at run time: want 0); workgroup memory; occupancy, in the card's own terms (AMD:
subgroups of a SIMD, of 16; Intel: invocations that one instruction drives, of 16 or 32; NVIDIA: warps whose
registers fit an SM, of 48; Adreno: waves of a core, of 16, where one of 128 invocations counts as two of 64); and of the innermost loop with the most
multiply-adds: multiply-adds, all instructions, their share, loads from workgroup memory, other memory
operations.
"""
import argparse, json, math, os, pathlib, re, subprocess, sys, tempfile

here = pathlib.Path(__file__).resolve().parent
root = here.parent.parent
cache = pathlib.Path(os.environ.get('GPU_STATS', pathlib.Path.home() / '.cache' / 'gpu-stats'))
icd = '/usr/share/vulkan/icd.d/'
CARDS = {
    'amd-navi21': ('amd', {'RADV_FORCE_FAMILY': 'navi21'}),
    'amd-navi31': ('amd', {'RADV_FORCE_FAMILY': 'navi31'}),
    'intel-tgl': ('intel', {'INTEL_STUB_GPU_PLATFORM': 'tgl'}),     # Iris Xe: most laptops since 2020
    'intel-dg2': ('intel', {'INTEL_STUB_GPU_PLATFORM': 'dg2'}),     # Arc A
    'intel-lnl': ('intel', {'INTEL_STUB_GPU_PLATFORM': 'lnl'}),     # Lunar Lake
    'nvidia-turing': ('nvidia', {'NOUVEAU_CHIPSET': '162'}),
    'nvidia-ampere': ('nvidia', {'NOUVEAU_CHIPSET': '172'}),        # Mesa's compiler, not NVIDIA's own
    'adreno-740': ('adreno', {'FD_GPU_ID': '740'}),                 # phones of 2023
}

def launch(vendor):
    """(command prefix, environment) under which kernel_stats sees a card of this vendor."""
    def manifest(path):
        out = cache / f'{vendor}.json'
        out.write_text(json.dumps({'file_format_version': '1.0.0', 'ICD': {'library_path': str(path), 'api_version': '1.3.0'}}))
        return str(out)
    if vendor == 'amd':
        for name in ('radeon_icd.json', 'radeon_icd.x86_64.json'):
            if os.path.exists(icd + name): return [], {'VK_DRIVER_FILES': icd + name}
        sys.exit('no AMD driver: run tools/lavapipe.sh first (Mesa 25)')
    shim = cache / {'intel': 'libintel_noop_drm_shim.so', 'nvidia': 'libnouveau_noop_drm_shim.so', 'adreno': 'libfreedreno_noop_drm_shim.so'}[vendor]
    if not shim.exists(): sys.exit(f'{shim.name} is not there: run tests/gpu-stats/drivers.sh first')
    if vendor == 'intel': return [], {'LD_PRELOAD': str(shim), 'VK_DRIVER_FILES': icd + ('intel_icd.json' if os.path.exists(icd + 'intel_icd.json') else 'intel_icd.x86_64.json')}
    if vendor == 'adreno': return [], {'LD_PRELOAD': str(shim), 'VK_DRIVER_FILES': manifest(cache / 'libvulkan_freedreno.so')}
    lib = cache / 'nvidia' / 'usr' / 'lib' / 'x86_64-linux-gnu'   # a newer Debian's driver with its own libc
    return [str(lib / 'ld-linux-x86-64.so.2'), '--library-path', str(lib), '--preload', str(shim)], {'VK_DRIVER_FILES': manifest(lib / 'libvulkan_nouveau.so')}

def build():
    out = pathlib.Path(tempfile.gettempdir()) / 'kernel_stats'
    if not out.exists() or out.stat().st_mtime < (here / 'kernel_stats.c').stat().st_mtime:
        r = subprocess.run(['gcc', '-O1', '-o', str(out), str(here / 'kernel_stats.c'), '-lvulkan'], capture_output=True, text=True)
        if r.returncode: sys.exit('apt-get install gcc libvulkan-dev spirv-tools first\n' + r.stderr)
    return out

def pipelines(log):
    """(name, SPIR-V assembly) of each dumped pipeline."""
    parts = re.split(r'(?:^|\n)(?:info:\n)?(// Dumped WGSL:|/\* Dumped SPIRV disassembly \*/)\n', log)
    modules = []
    for kind, body in zip(parts[1::2], parts[2::2]):
        if 'WGSL' in kind:
            modules.append(body)
            continue
        body = re.sub(r'.*(MaximallyReconvergesKHR|SPV_KHR_maximal_reconvergence).*\n', '', body)
        asm = re.split(r'\n(?=info:|Warning|\{")', body)[0]
        # The module it came from: the newest whose bindings, their access and workgroup memory are the same.
        wgsl = next((m for m in reversed(modules) if of_wgsl(m) == of_spirv(asm)), modules[-1] if modules else '')
        named = re.search(r'^// kernel (.+)$', wgsl, re.M)
        size = re.search(r'LocalSize (\d+ \d+ \d+)', asm)
        bindings = ' '.join(re.findall(r'var<(?:storage|uniform)[^>]*> (\w+)', wgsl))
        yield f'{named.group(1) if named else bindings[:44]} [{size.group(1).replace(" ", "×") if size else "?"}]', asm

def of_wgsl(wgsl):
    bound = {int(n): 'u' if 'uniform' in kind else 'w' if 'read_write' in kind else 'r' for n, kind in re.findall(r'@binding\((\d+)\)\s*var<([^>]*)>', wgsl)}
    return bound, len(re.findall(r'var<workgroup>', wgsl))

def of_spirv(asm):
    bound = {}
    readonly = set(re.findall(r'OpMemberDecorate (%\S+) 0 NonWritable', asm)) | set(re.findall(r'OpDecorate (%\S+) NonWritable', asm))
    for ident, n in re.findall(r'OpDecorate (%\S+) Binding (\d+)', asm):
        m = re.search(re.escape(ident) + r' = OpVariable (%\S+) (\w+)', asm)
        if not m: continue
        struct = re.search(re.escape(m.group(1)) + r' = OpTypePointer \w+ (%\S+)', asm)
        bound[int(n)] = 'u' if m.group(2) == 'Uniform' else 'r' if ident in readonly or (struct and struct.group(1) in readonly) else 'w'
    return bound, len(re.findall(r'= OpVariable %\S+ Workgroup', asm))

def layout(asm):
    sets = {}
    for ident, binding in re.findall(r'OpDecorate (%\S+) Binding (\d+)', asm):
        kind = re.search(re.escape(ident) + r' = OpVariable \S+ (\w+)', asm)
        sets[int(binding)] = 'u' if kind and kind.group(1) == 'Uniform' else 's'
    return ''.join(sets.get(i, '-') for i in range(max(sets, default=-1) + 1))

def blocks(vendor, isa):
    """Straight pieces of code, and the loops as sets of their numbers: ([[instruction]], [{number}])."""
    code, at, jumps, before = [[]], {}, [], {}
    for line in isa.splitlines():
        text = line.strip()
        if vendor == 'amd':
            if m := re.match(r'(BB\d+):', text): code.append([]); at[m.group(1)] = len(code) - 1
            elif text:
                code[-1].append(text.split()[0])
                if m := re.search(r's_c?branch\S*\s+(BB\d+)', text): jumps.append((len(code) - 1, m.group(1)))
        elif vendor == 'intel':
            if m := re.match(r'(LABEL\d+):', text): code.append([]); at[m.group(1)] = len(code) - 1
            elif m := re.match(r'(?:\([^)]*\)\s*)?([a-z_]+)\(\d+\)(.*)', text):
                name = m.group(1)
                if name == 'sync': continue
                if name == 'send': name = 'send.' + m.group(2)
                code[-1].append(name)
                if name == 'while':   # what follows it is no part of the loop, though no label says so
                    jumps.append((len(code) - 1, re.search(r'JIP:\s+(LABEL\d+)', text).group(1)))
                    code.append([])
            elif code[-1] and code[-1][-1].startswith('send.') and 'MsgDesc' in text: code[-1][-1] += ' ' + text
        elif vendor == 'nvidia':
            if m := re.match(r'block\S* (\d+) \S+ \[([\d, ]*)\]', text):
                code.append([]); before[len(code) - 1] = [int(p) + 1 for p in m.group(2).replace(',', ' ').split()]
            elif m := re.match(r'(?:@\S+\s+)?(?:[\w.]+\s*= *)?([a-z][\w.]*)', text): code[-1].append(m.group(1))
    if vendor != 'nvidia': return code, [set(range(at[t], f + 1)) for f, t in jumps if t in at and at[t] <= f]
    loops = []   # Mesa's NVIDIA compiler lays blocks out freely: what reaches the jump back without its target
    for head, froms in before.items():
        for back in (f for f in froms if f >= head):
            loop, open_ = {head}, [back]
            while open_:
                if (k := open_.pop()) not in loop: loop.add(k); open_ += before.get(k, [])
            loops.append(loop)
    return code, loops

IS = {
    'amd': (r'v_fma|v_pk_fma|v_dual_fma|v_mac|v_mad', r'ds_read|ds_load', r'(buffer|global|scratch)_(load|store)|ds_write|ds_store'),
    'intel': (r'mad$', r'send.*(slm|Surface = 254).*|send.*SLM', r'send'),
    'nvidia': (r'ffma|hfma2', r'ld\.shared', r'(ld|st)\.(global|local|shared)|ldl|stl'),
}

def hottest(vendor, isa):
    """Of the innermost loops, the one with most multiply-adds: (fma, all, workgroup loads, other memory)."""
    if vendor not in IS: return (0, 0, 0, 0)
    code, loops = blocks(vendor, isa)
    inner = [l for l in loops if not any(o < l for o in loops)]
    fma, shared, memory = (re.compile(x) for x in IS[vendor])
    rows = []
    for loop in inner:
        ins = [x for k in loop for x in code[k]]
        near = [x for x in ins if shared.match(x)]
        rows.append((sum(bool(fma.match(x)) for x in ins), len(ins), len(near), sum(bool(memory.match(x)) and not shared.match(x) for x in ins)))
    return max(rows, default=(0, 0, 0, 0))

def row(vendor, name, out):
    stat = {k.strip(): int(v) for k, v in re.findall(r'\t([^=\t\n]+)=(\d+)', out.splitlines()[0])}
    get = lambda *keys: next((stat[k] for k in keys if k in stat), 0)
    registers = get('VGPRs', 'Max live registers', 'Number of GPRs', 'Registers used')
    if vendor == 'nvidia': occupancy = min(48, 65536 // (math.ceil(max(1, registers) * 32 / 256) * 256))
    elif vendor == 'intel': occupancy = stat.get('subgroup', 0)
    elif vendor == 'adreno': occupancy = get('Max Waves Per Core') * max(1, stat.get('subgroup', 64) // 64)
    else: occupancy = get('Subgroups per SIMD')
    fma, total, near, memory = hottest(vendor, out)
    spilled = get('Spilled VGPRs', 'Spill Count', 'STP Count')
    private = get('Scratch size', 'Scratch Memory Size', 'SLM Size')
    return dict(kernel=name, registers=registers, spilled=spilled, private_bytes=private, workgroup_bytes=get('LDS size', 'Workgroup Memory Size'), occupancy=occupancy,
                loop_fma=fma, loop_instructions=total, loop_workgroup_loads=near, loop_memory_operations=memory,
                instructions=get('Instructions', 'Instruction Count', 'Instruction count'), cycles=get('Cycle Count', 'Inverse Throughput'))

def compile_kernels(log, folder, word):
    """(name, SPIR-V file and layout as kernel_stats takes them) of the pipelines in Dawn's log with this word in their name."""
    kernels, seen = [], set()
    for name, asm in pipelines(log):
        if asm in seen or word not in name: continue
        seen.add(asm)
        source, binary = f'{folder}/kernel.asm', f'{folder}/{len(seen)}.spv'
        pathlib.Path(source).write_text(asm)
        command = ['spirv-as', '--preserve-numeric-ids', '--target-env', 'vulkan1.3', source, '-o', binary]
        assembled = subprocess.run(command, capture_output=True, text=True)
        if assembled.returncode: sys.exit(f'{name} was not assembled: {assembled.stderr.strip()[:200]}')
        kernels.append((name, f'{binary}:{layout(asm)}'))
    if not kernels: sys.exit('Dawn printed no pipeline')
    return kernels

def measure(card, kernels, tool, isa):
    """A row for each kernel, as this card's compiler makes it."""
    vendor, extra = CARDS[card]
    prefix, env = launch(vendor)
    base = dict(os.environ, XDG_RUNTIME_DIR='/tmp', NVK_I_WANT_A_BROKEN_VULKAN_DRIVER='1',
                ISA={'nvidia': 'a'}.get(vendor, 'Assembly'), MESA_SHADER_CACHE_DISABLE='1', **extra)
    base.pop('LD_PRELOAD', None)
    base.update(env, VK_ICD_FILENAMES=env['VK_DRIVER_FILES'])
    for name, spec in kernels:
        out = subprocess.run([*prefix, str(tool), spec], capture_output=True, text=True, env=base, errors='replace')
        if out.returncode or 'failed=' in out.stdout:
            sys.exit(f'{card} did not compile {name}: {(out.stderr.strip() or out.stdout)[-200:]}')
        if isa and isa in name: print(out.stdout)
        yield row(vendor, name, out.stdout)

def has_compiler(card):
    """Whether this card's compiler is installed."""
    vendor = CARDS[card][0]
    if vendor == 'amd': return any(os.path.exists(icd + name) for name in ('radeon_icd.json', 'radeon_icd.x86_64.json'))
    return (cache / 'done').exists()

def dump(vendor, tiles):
    """What Dawn prints while it compiles every kernel of GPT-2 124M for this vendor's cards (dump.ts)."""
    # As browsers name the vendor.
    command = ['node', str(root / '.cache/gpu-stats/gpu-stats.mjs'), {'adreno': 'qualcomm'}.get(vendor, vendor), tiles]
    made = subprocess.run(command, capture_output=True, text=True, errors='replace')
    if made.returncode: sys.exit(f'the kernels were not compiled: {made.stderr[-2000:]}')
    return made.stdout + made.stderr

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--card', action='append', choices=[*CARDS, 'all'])
    p.add_argument('--json', action='store_true')
    p.add_argument('--check', action='store_true')
    p.add_argument('--dump')
    p.add_argument('--only', default='')
    p.add_argument('--isa')
    p.add_argument('--all-tiles', action='store_true')
    args = p.parse_args()
    asked = args.card or ['amd-navi21', 'amd-navi31']
    cards = [card for card in CARDS if has_compiler(card)] if 'all' in asked else asked
    missing = [card for card in CARDS if card not in cards]
    tool = build()
    tiles = 'all' if args.all_tiles else 'default'
    logs = {vendor: dump(vendor, tiles) for vendor in {CARDS[card][0] for card in cards}}
    if args.dump: pathlib.Path(args.dump).write_text('\n'.join(logs.values()))
    spilling, rows = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for card in cards:
            kernels = compile_kernels(logs[CARDS[card][0]], folder, args.only)
            rows += len(kernels)
            if not args.json: print(f'\n{card:64} regs spill private wgmem occup |  fma/all share  wg mem')
            for r in measure(card, kernels, tool, args.isa):
                if r['spilled'] or r['private_bytes']: spilling.append(f'{card}: {r["kernel"]}')
                if args.json: print(json.dumps(dict(card=card, **r)))
                else:
                    share = r['loop_fma'] / max(1, r['loop_instructions'])
                    print(f'{r["kernel"][:64]:64} {r["registers"]:4} {r["spilled"]:5} {r["private_bytes"]:7} {r["workgroup_bytes"]:5} {r["occupancy"]:5} | '
                          f'{r["loop_fma"]:4}/{r["loop_instructions"]:<4} {share:4.0%} {r["loop_workgroup_loads"]:3} {r["loop_memory_operations"]:3}')
    if not args.json:
        print(f'\n{rows} kernels on {len(cards)} cards, {len(spilling)} with spills or private memory.')
        if 'all' in asked and missing: print(f'No compiler installed for {", ".join(missing)}: tests/gpu-stats/drivers.sh')
    if args.check and spilling: sys.exit('These kernels spill:\n' + '\n'.join(spilling))

main()
