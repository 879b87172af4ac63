# What nvidia-smi prints. Input: the driver's line, one line per GPU, one line per process (columns: see gpus.ts).
FNR == 1 { part++ }
FILENAME == "-" { process[++processes] = $0; used[$1] += $4; busy[$1] = 1; next }
part == 1 { driver = $1; cuda = $2; next }
{
  i = gpus++
  name[i] = $2; uuid[i] = $3; bus[i] = $4; total[i] = $5; used[i] += $6; load[i] = $7
  heat[i] = $8; power[i] = $9; capability[i] = $10
}

END {
  if (gpus == 0) { print "No devices were found"; exit 6 }
  for (i = 0; i < gpus; i++) if (load[i] == "auto") load[i] = busy[i] ? 97 : 0
  count = split(fields, field, ",")
  for (f = 1; f <= count; f++) gsub(/ /, "", field[f])
  if (mode == "list") list()
  else if (mode == "gpus") query_gpus()
  else if (mode == "processes") query_processes()
  else table()
}

function list() {
  for (i = 0; i < gpus; i++) if (wanted(i)) printf "GPU %d: %s (UUID: %s)\n", i, name[i], uuid[i]
}

function wanted(i) {
  return id == "" || index("," id ",", "," i ",") || index("," id ",", "," uuid[i] ",")
}

function query_gpus(   i, f, text) {
  for (f = 1; f <= count; f++) text = joined(text, f, heading(field[f], gpu_value(field[f], 0)))
  if (header) print text
  for (i = 0; i < gpus; i++) {
    if (!wanted(i)) continue
    text = ""
    for (f = 1; f <= count; f++) text = joined(text, f, with_unit(field[f], gpu_value(field[f], i)))
    print text
  }
}

function query_processes(   n, f, text, column, none) {
  for (f = 1; f <= count; f++) text = joined(text, f, heading(process_heading(field[f]), process_value(field[f], none)))
  if (header) print text
  for (n = 1; n <= processes; n++) {
    split(process[n], column, "\t")
    if (!wanted(column[1])) continue
    text = ""
    for (f = 1; f <= count; f++) text = joined(text, f, with_unit(field[f], process_value(field[f], column)))
    print text
  }
}

function joined(text, f, value) { return f == 1 ? value : text ", " value }

function unit(f) {
  if (f ~ /memory\.(total|used|free|reserved)$/ || f ~ /^used(_gpu)?_memory$/) return "MiB"
  if (f ~ /^utilization\./) return "%"
  if (f ~ /^power\./) return "W"
  return ""
}

# `value` only so that an unknown field ends the program before anything is printed.
function heading(f, value) { return unit(f) == "" ? f : f " [" unit(f) "]" }

function with_unit(f, value) { return units && unit(f) != "" ? value " " unit(f) : value }

function gpu_value(f, i) {
  if (f == "index") return i
  if (f == "count") return gpus
  if (f == "name" || f == "gpu_name") return name[i]
  if (f == "uuid" || f == "gpu_uuid") return uuid[i]
  if (f == "pci.bus_id" || f == "gpu_bus_id") return bus[i]
  if (f == "driver_version") return driver
  if (f == "compute_cap") return capability[i]
  if (f == "memory.total") return total[i]
  if (f == "memory.used") return used[i] + 0
  if (f == "memory.free") return total[i] - used[i]
  if (f == "utilization.gpu") return load[i]
  if (f == "utilization.memory") return int(load[i] / 2)
  if (f == "temperature.gpu") return heat[i]
  if (f == "power.draw") return power[i]
  if (f == "power.limit") return "700.00"
  if (f == "persistence_mode") return "Enabled"
  if (f == "compute_mode") return "Default"
  if (f == "pstate") return "P0"
  if (f == "mig.mode.current") return "Disabled"
  if (f == "ecc.errors.uncorrected.volatile.total") return 0
  if (f == "timestamp") return now
  invalid(f)
}

function process_heading(f) { return f == "used_memory" ? "used_gpu_memory" : f == "name" ? "process_name" : f }

function process_value(f, column) {
  if (f == "gpu_uuid") return uuid[column[1]]
  if (f == "gpu_name") return name[column[1]]
  if (f == "gpu_bus_id") return bus[column[1]]
  if (f == "pid") return column[2]
  if (f == "process_name" || f == "name") return column[3]
  if (f == "used_memory" || f == "used_gpu_memory") return column[4]
  invalid(f)
}

function invalid(f) {
  printf "Field \"%s\" is not a valid field to query.\n\n", f
  exit 2
}

function table(   i, n, column) {
  print "+-----------------------------------------------------------------------------------------+"
  printf "| NVIDIA-SMI %-22s Driver Version: %-14s CUDA Version: %-8s |\n", driver, driver, cuda
  print "|-----------------------------------------+------------------------+----------------------+"
  print "| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |"
  print "| Fan  Temp   Perf          Pwr:Usage/Cap |           Memory-Usage | GPU-Util  Compute M. |"
  print "|                                         |                        |               MIG M. |"
  print "|=========================================+========================+======================|"
  for (i = 0; i < gpus; i++) if (wanted(i)) {
    printf "| %3d  %-30s On  |   %s Off |                    0 |\n", i, name[i], bus[i]
    printf "| N/A  %3dC    P0%15dW /  700W |%8dMiB / %6dMiB |    %3d%%      Default |\n", \
      heat[i], power[i], used[i], total[i], load[i]
    print "|                                         |                        |             Disabled |"
    print "+-----------------------------------------+------------------------+----------------------+"
  }
  print ""
  print "+-----------------------------------------------------------------------------------------+"
  print "| Processes:                                                                              |"
  print "|  GPU   GI   CI        PID   Type   Process name                              GPU Memory |"
  print "|        ID   ID                                                               Usage      |"
  print "|=========================================================================================|"
  if (processes == 0) print "|  No running processes found                                                             |"
  for (n = 1; n <= processes; n++) {
    split(process[n], column, "\t")
    printf "| %4d   N/A  N/A %10d      C   %-40s %7dMiB |\n", column[1], column[2], column[3], column[4]
  }
  print "+-----------------------------------------------------------------------------------------+"
}
