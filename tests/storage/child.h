#pragma once

// Parts of tests that run in a process of their own, since they may end it. It is a new program, not a mere fork: a fork of
// a process that has had a store open lacks RocksDB's background threads, and RocksDB waits for them without end.

#include <sys/types.h>

#include <string>
#include <vector>

namespace landfall {

using ChildArguments = std::vector<std::string>;

// A function that a child may run, known by its name. Defined at namespace scope.
class ChildRole {
 public:
  ChildRole(const char* name, int (*run)(const ChildArguments& arguments));
};

// Starts this test program again, to run the role and end with its result. File descriptors are inherited; standard
// output is not.
pid_t StartChild(const std::string& role, const ChildArguments& arguments);
// Its exit status; negative for a signal.
int WaitForChild(pid_t child);

inline int RunChild(const std::string& role, const ChildArguments& arguments) {
  return WaitForChild(StartChild(role, arguments));
}

}  // namespace landfall
