/// What the processor has been found to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Processor(pub(crate) Instructions);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instructions {
    /// What every processor of its kind has.
    Plain,
    /// AVX2 with fused products and sums (FMA).
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with the products of bytes (VNNI).
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX-512 with products of tiles of bytes (AMX), which the system lets the program use.
    #[cfg(target_arch = "x86_64")]
    Amx,
    /// The vectors that every 64-bit ARM has.
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// NEON with the products of bytes.
    #[cfg(target_arch = "aarch64")]
    DotProducts,
}

impl Processor {
    /// What all functions can be called with, everywhere.
    pub const PLAIN: Self = Self(Instructions::Plain);

    /// The best that this processor has.
    pub fn detect() -> Self {
        Self::all().last().copied().unwrap_or(Self::PLAIN)
    }

    /// All that this processor has, the best last.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::PLAIN];
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if avx2 {
                all.push(Self(Instructions::Avx2));
            }
            if avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                all.push(Self(Instructions::Avx512));
                if has_tiles() {
                    all.push(Self(Instructions::Amx));
                }
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            all.push(Self(Instructions::Neon));
            if std::arch::is_aarch64_feature_detected!("dotprod") {
                all.push(Self(Instructions::DotProducts));
            }
        }
        all
    }

    /// The name of the best instructions used.
    pub fn name(self) -> &'static str {
        match self.0 {
            Instructions::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => "AVX-512 VNNI",
            #[cfg(target_arch = "x86_64")]
            Instructions::Amx => "AMX",
            #[cfg(target_arch = "aarch64")]
            Instructions::Neon => "NEON",
            #[cfg(target_arch = "aarch64")]
            Instructions::DotProducts => "NEON with dot products",
        }
    }
}

/// Whether there are tiles of bytes, and the system gives them: it keeps room for them only where it is asked to, once for
/// all threads of the program.
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[expect(unsafe_code, reason = "the system is asked for what the standard library cannot ask for")]
fn has_tiles() -> bool {
    const TILES_AND_BYTES: u32 = 0b11 << 24;
    const REQUEST_PERMISSION: libc::c_long = 0x1023;
    const TILE_DATA: libc::c_long = 18;
    let features = std::arch::x86_64::__cpuid_count(7, 0).edx;
    features & TILES_AND_BYTES == TILES_AND_BYTES
        // SAFETY: the call takes two whole numbers and writes nothing.
        && unsafe { libc::syscall(libc::SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) } == 0
}

/// Systems other than Linux are not asked for tiles.
#[cfg(all(target_arch = "x86_64", not(target_os = "linux")))]
fn has_tiles() -> bool {
    false
}

/// Defines a function that takes the processor first and runs `$body`, which must be `#[inline(always)]`,
/// compiled for what the processor has.
macro_rules! compiled_for_each {
    ($(#[$doc:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) = $body:path) => {
        $(#[$doc])*
        #[expect(unsafe_code, reason = "calls of functions compiled for instructions that were looked for")]
        $visible fn $name(processor: $crate::Processor, $($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) {
                $body($($argument),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($argument: $type),*) {
                $body($($argument),*);
            }
            match processor.0 {
                $crate::processor::Instructions::Plain => $body($($argument),*),
                // The compiler uses NEON without being asked.
                #[cfg(target_arch = "aarch64")]
                $crate::processor::Instructions::Neon | $crate::processor::Instructions::DotProducts => {
                    $body($($argument),*);
                }
                // SAFETY: `Processor` is only made where these instructions were found.
                #[cfg(target_arch = "x86_64")]
                $crate::processor::Instructions::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::processor::Instructions::Avx512 | $crate::processor::Instructions::Amx => unsafe {
                    avx512($($argument),*);
                },
            }
        }
    };
}
pub(crate) use compiled_for_each;
