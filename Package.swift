// swift-tools-version: 6.3
import PackageDescription

/// Sanitizer and fuzzing builds cannot resolve every symbol of the shared object at link time.
let sanitizing = Context.environment["VIRGL_SANITIZE"] != nil

/// Every module: Swift 6 mode, warnings are errors.
let common: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
  // Regular expressions, which nothing here needs: one search in a string would link 1.4 MB of them.
  .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
]

/// Modules that meet guest or client memory, or have no business with pointers at all: every
/// unsafe operation carries a written `unsafe`. The modules that call GL and EGL are left out: there
/// every call is a C call, and the mark would say nothing.
let strict = common + [.strictMemorySafety()]

/// Only the exporting target carries these: linker settings reach every product that links it.
let sharedObject: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-use-ld=lld",
      "-Xlinker", "-soname=libvirglrenderer.so.1",
      "-Xlinker", "--version-script=\(Context.packageDirectory)/Sources/VirglABI/exports.map",
      "-Xlinker", "--gc-sections", "-Xlinker", "--icf=all",
    ] + (sanitizing ? [] : ["-Xlinker", "-z", "-Xlinker", "defs"]))
]

let package = Package(
  name: "virglrenderer",
  products: [
    .library(name: "virglrenderer", type: .dynamic, targets: ["VirglABI"])
  ],
  targets: [
    .systemLibrary(name: "CEpoxy", pkgConfig: "epoxy", providers: [.apt(["libepoxy-dev", "libegl-dev"])]),
    .systemLibrary(name: "CGBM", pkgConfig: "gbm", providers: [.apt(["libgbm-dev"])]),
    .systemLibrary(name: "CDRM", pkgConfig: "libdrm", providers: [.apt(["libdrm-dev"])]),
    .target(name: "CVirglrenderer"),
    .target(name: "CHostShims"),

    .target(name: "Platform", dependencies: ["CHostShims"], swiftSettings: strict),
    .target(name: "WireFormat", swiftSettings: strict),
    .target(name: "TGSI", swiftSettings: strict),
    .target(name: "ShaderTranslator", dependencies: ["TGSI"], swiftSettings: strict),
    .target(name: "VirtioGPU", dependencies: ["Platform"], swiftSettings: strict),
    .target(name: "GLDriver", dependencies: ["CEpoxy", "Platform", "WireFormat"], swiftSettings: common),
    .target(
      name: "WindowSystems", dependencies: ["CEpoxy", "CGBM", "CDRM", "Platform", "GLDriver"],
      swiftSettings: common),
    .target(
      name: "Vrend",
      dependencies: [
        "CEpoxy", "Platform", "WireFormat", "TGSI", "ShaderTranslator", "VirtioGPU", "GLDriver", "WindowSystems",
      ],
      swiftSettings: common),
    .target(
      name: "RendererCore", dependencies: ["Platform", "VirtioGPU", "WindowSystems", "GLDriver", "Vrend"],
      swiftSettings: common),
    .target(
      name: "VirglABI",
      dependencies: ["CVirglrenderer", "CHostShims", "Platform", "VirtioGPU", "WindowSystems", "RendererCore"],
      exclude: ["exports.map"], swiftSettings: common, linkerSettings: sharedObject),

    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(name: "GuestStreams", dependencies: ["WireFormat"], path: "Tests/GuestStreams", swiftSettings: common),
    .target(
      name: "FuzzSupport",
      dependencies: [
        "GuestStreams", "RendererCore", "Vrend", "VirtioGPU", "Platform", "TGSI", "ShaderTranslator", "WireFormat",
      ], path: "Tests/FuzzSupport", swiftSettings: common),
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzSupport", "GuestStreams", "Platform"], path: "Tools/Fuzz",
      swiftSettings: common),
    .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"]),
    .testTarget(name: "WireFormatTests", dependencies: ["WireFormat", "GuestStreams", "FuzzSupport", "TestSupport"]),
    .testTarget(name: "TGSITests", dependencies: ["TGSI"]),
    .testTarget(name: "ShaderTranslatorTests", dependencies: ["ShaderTranslator", "TGSI"]),
    .testTarget(name: "VirtioGPUTests", dependencies: ["VirtioGPU", "Platform", "TestSupport"]),
    .testTarget(name: "WindowSystemsTests", dependencies: ["WindowSystems", "GLDriver", "Platform", "CEpoxy"]),
    .testTarget(
      name: "RendererCoreTests",
      dependencies: [
        "RendererCore", "Vrend", "VirtioGPU", "WindowSystems", "GLDriver", "Platform", "CEpoxy", "TestSupport",
      ]),
    .testTarget(name: "GLDriverTests", dependencies: ["GLDriver", "Vrend", "WireFormat", "CEpoxy"]),
    .testTarget(
      name: "VrendTests",
      dependencies: [
        "Vrend", "RendererCore", "VirtioGPU", "WireFormat", "WindowSystems", "GLDriver", "Platform", "CEpoxy",
        "TGSI", "ShaderTranslator", "GuestStreams", "FuzzSupport", "TestSupport",
      ]
    ),
    .testTarget(name: "ABITests", dependencies: ["CVirglrenderer", "GuestStreams", "TestSupport"]),
    .testTarget(name: "VtestTests", dependencies: ["TestSupport"]),
  ]
)
